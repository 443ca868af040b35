/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.nat.nat64;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.Nat64Binding;
import twinwall.handler.BindingTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.TableHandler;

/** Backs up NAT64 bindings: the public IPv4 address and port that an IPv6 one has, and is reached by. */
@BackupTable(type = "nat64", schema = 1)
@Component(service = TableHandler.class)
public final class Nat64Handler extends BindingTableHandler<Nat64Binding> {

    /** Backs up the firewall's table. */
    @Activate
    public Nat64Handler(@Reference(target = "(firewall.table=nat64)") FirewallTable<Nat64Binding> table) {
        super(table, Nat64Binding.class);
    }
}
