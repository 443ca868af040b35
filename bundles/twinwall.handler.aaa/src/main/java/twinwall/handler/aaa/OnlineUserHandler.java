/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.aaa;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.OnlineUser;
import twinwall.handler.RecordTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.TableHandler;

/**
 * Backs up online users, so that after a failover nobody has to log in again and rules that ask for a user go on. Every one is due in
 * both timings: its loss would be felt. Sensitive: who is where is nobody else's business. Passwords are not in it.
 */
@BackupTable(type = "aaa-user", schema = 1, sensitive = true)
@Component(service = TableHandler.class)
public final class OnlineUserHandler extends RecordTableHandler<OnlineUser> {

    /** Backs up the firewall's table. */
    @Activate
    public OnlineUserHandler(@Reference(target = "(firewall.table=aaa-user)") FirewallTable<OnlineUser> table) {
        super(table, OnlineUser.class);
    }

    /** Of two users at one address the one who came later: the other has left. */
    @Override
    protected int compare(OnlineUser mine, OnlineUser theirs) {
        return Long.compare(mine.loginSeconds(), theirs.loginSeconds());
    }
}
