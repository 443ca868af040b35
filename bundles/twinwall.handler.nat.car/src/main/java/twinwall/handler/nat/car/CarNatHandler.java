/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.nat.car;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.CarPlace;
import twinwall.firewall.FirewallTable;
import twinwall.handler.RecordTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.TableHandler;

/**
 * Backs up which private addresses hold a place on which public address, so that after a failover the same ones go on and no others take
 * their places. Every place is due from the moment it is taken: it outlives the sessions that use it, also those that are never backed up.
 */
@BackupTable(type = "car-nat", schema = 1)
@Component(service = TableHandler.class)
public final class CarNatHandler extends RecordTableHandler<CarPlace> {

    /** Backs up the firewall's table. */
    @Activate
    public CarNatHandler(@Reference(target = "(firewall.table=car-nat)") FirewallTable<CarPlace> table) {
        super(table, CarPlace.class);
    }
}
