/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.bridge;

import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.FirewallCommand;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.MacEntry;
import twinwall.firewall.MacEntry.Type;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.Frame;
import twinwall.firewall.embedded.Part;
import twinwall.firewall.embedded.Verdict;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.table.Slot;

/**
 * The switch inside: interfaces 0 and 2 and up are its ports, all of them in every VLAN, and interface 1 stays outside. Frames between
 * stations inside are switched (IEEE 802.1Q) and not inspected; those to the firewall's own address are inspected and routed; those that
 * come from outside leave by the port of the station that they are for. Where a station is, a static entry says or its own frames do; a
 * frame to one that is nowhere known leaves by every other port. Used under the firewall's lock, but for the commands.
 */
public final class Bridge implements Part {

    private final BridgeSettings settings;
    private final FirewallTime time;
    private final MacTable table;
    private final FirewallCommand command;
    /** What becomes of a flooded frame, by the interface that it came in by; from outside it goes to all ports. */
    private final Verdict[] flooded;
    private int epoch;

    public Bridge(BridgeSettings settings, FirewallTime time, Lock lock) {
        this.settings = settings;
        this.time = time;
        table = new MacTable(lock, time, settings);
        command = new MacCommand(table, lock);
        flooded = new Verdict[interfaces()];
        long all = 0;
        for (int i = 0; i < flooded.length; i++) {
            all |= i == EmbeddedFirewall.OUTSIDE ? 0 : 1L << i;
        }
        for (int i = 0; i < flooded.length; i++) {
            flooded[i] = Verdict.flooded(all & ~(1L << i));
        }
    }

    /** Whether there is a switch. */
    public boolean on() {
        return settings.ports() > 0;
    }

    /** Interfaces of the firewall, its outside one included. */
    public int interfaces() {
        return Math.max(2, settings.ports() + 1);
    }

    /** A frame comes in by an inside port; {@code null} when it is to be inspected, else what becomes of it. */
    public Verdict receive(int port, Frame frame) {
        forgetWhatIsOld();
        int vlan = frame.length < Ethernet.HEADER ? -1 : Ethernet.vlan(frame);
        if (vlan < 0) {
            return Verdict.dropped(DropReason.TRUNCATED);
        }
        long destination = Ethernet.destination(frame);
        if (Ethernet.isReservedGroup(destination) || vlan == Ethernet.RESERVED_VLAN) {
            return Verdict.dropped(DropReason.BRIDGE_CONTROL);
        }
        if (!source(port, vlan, Ethernet.source(frame))) {
            return Verdict.dropped(DropReason.BAD_SOURCE_MAC);
        }
        if (destination == settings.own().bits()) {
            return null;
        }
        int to = portOf(vlan, destination);
        if (to == port) {
            return Verdict.dropped(DropReason.SAME_PORT);
        }
        return to >= 0 ? Verdict.forwarded(to) : flooded[port];
    }

    /** By which port an inspected frame leaves that is to go inside; by all when its station is nowhere known. */
    public Verdict deliver(Frame frame) {
        forgetWhatIsOld();
        int vlan = Ethernet.vlan(frame);
        int to = vlan < 0 ? -1 : portOf(vlan, Ethernet.destination(frame));
        return to >= 0 ? Verdict.forwarded(to) : flooded[EmbeddedFirewall.OUTSIDE];
    }

    private boolean source(int port, int vlan, long source) {
        if (Ethernet.isGroup(source) || source == settings.own().bits()) {
            return false;
        }
        Slot<MacEntry> known = table.find(vlan, source);
        if (known != null && known.entry().type() == Type.STATIC) {
            return known.entry().networkInterface() == port;
        }
        table.learn(known, vlan, source, port);
        return true;
    }

    private int portOf(int vlan, long address) {
        Slot<MacEntry> known = Ethernet.isGroup(address) ? null : table.find(vlan, address);
        return known == null ? -1 : known.entry().networkInterface();
    }

    private void forgetWhatIsOld() {
        if (epoch != time.epoch()) {
            epoch = time.epoch();
            table.forgetLearned();
        }
    }

    @Override
    public Map<String, FirewallTable<?>> tables() {
        return Map.of("static-mac", table);
    }

    @Override
    public List<FirewallCommand> commands() {
        return List.of(command);
    }

    @Override
    public void age() {
        table.age();
    }
}
