/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.nat.napt;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.NaptMapping;
import twinwall.handler.SessionTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.TableHandler;

/**
 * Backs up NAPT mappings: public address and port of a private one. A mapping is due when the session that uses it is, or early, when the
 * peer might hand out its port otherwise.
 */
@BackupTable(type = "napt", schema = 1, needs = {"port-block", "car-nat", "static-mapping"})
@Component(service = TableHandler.class)
public final class NaptHandler extends SessionTableHandler<NaptMapping> {

    /** Backs up the firewall's table. */
    @Activate
    public NaptHandler(@Reference(target = "(firewall.table=napt)") FirewallTable<NaptMapping> table) {
        super(table, NaptMapping.class, false);
    }
}
