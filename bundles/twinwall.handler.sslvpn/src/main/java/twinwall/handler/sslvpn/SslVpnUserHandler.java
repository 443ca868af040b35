/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.sslvpn;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.SslVpnUser;
import twinwall.handler.RecordTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.TableHandler;

/**
 * Backs up who is logged in at the SSL VPN gateway, so that after a failover nobody has to log in again; the channels to services are not
 * in the table, users connect to these again. Every login is due in both timings. Sensitive, although of the tokens only hashes are in it.
 */
@BackupTable(type = "ssl-vpn-user", schema = 1, sensitive = true)
@Component(service = TableHandler.class)
public final class SslVpnUserHandler extends RecordTableHandler<SslVpnUser> {

    /** Backs up the firewall's table. */
    @Activate
    public SslVpnUserHandler(@Reference(target = "(firewall.table=ssl-vpn-user)") FirewallTable<SslVpnUser> table) {
        super(table, SslVpnUser.class);
    }
}
