/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.FirewallCommand;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.embedded.FirewallSettings;
import twinwall.firewall.embedded.Part;
import twinwall.firewall.embedded.lists.AddressRange;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.session.Sessions;

/** NAPT with the strategies that the settings ask for: limited sharing of addresses, blocks of ports, both or neither. */
public final class NaptPart implements Part {

    private final CarPlaces car;
    private final PortBlockChoice blocks;
    private final FirewallCommand command;
    private final Napt kind;

    /** Translates the sessions of that table. */
    public NaptPart(FirewallSettings settings, Sessions sessions, Lock lock, FirewallTime time) {
        SharingSettings sharing = settings.sharing();
        AddressPool pool = new AddressPool("napt_pool", AddressRange.list(settings.naptPool()));
        PortRange ports = PortRange.parse(settings.naptPorts());
        PortPicker picker = new PortPicker(sessions.table());
        car = new CarPlaces(pool, sharing, sessions.losers(), lock, time);
        AddressChoice addresses = sharing.carLimit() > 0 ? car : AddressChoice.any(pool);
        blocks = new PortBlockChoice(pool, ports, addresses, picker, sharing, sessions.losers(), lock, time);
        command = new PortBlockCommand(blocks, lock);
        InsideSources sources = new InsideSources(settings.naptSources());
        kind = sharing.portBlocks() ? new Napt(pool, sources, blocks, blocks, sessions::roomForMapping)
                : new Napt(pool, sources, addresses, PortChoice.any(picker, ports, time.share()), sessions::roomForMapping);
    }

    /** What sessions are translated by. */
    public NatKind kind() {
        return kind;
    }

    @Override
    public Map<String, FirewallTable<?>> tables() {
        return Map.of(CarPlaces.TYPE, car.table(), PortBlockTable.TYPE, blocks.table());
    }

    @Override
    public List<FirewallCommand> commands() {
        return List.of(command);
    }

    @Override
    public void age() {
        car.table().age();
        blocks.age();
    }
}
