/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.bridge;

import java.util.concurrent.locks.Lock;

import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.MacEntry;
import twinwall.firewall.MacEntry.Type;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.table.AddressKey;
import twinwall.firewall.embedded.table.EntryForm;
import twinwall.firewall.embedded.table.EntryTable;
import twinwall.firewall.embedded.table.Slot;
import twinwall.firewall.embedded.table.SlotIndex;
import twinwall.firewall.embedded.table.SlotIndex.Node;
import twinwall.record.MacAddress;

/**
 * The table {@code static-mac}: behind which port an address is. Static entries stay, learned ones are forgotten when their station is
 * silent. There is room of its own for each, so that nobody can keep a static entry out by sending from many addresses.
 */
final class MacTable extends EntryTable<AddressKey, MacEntry> {

    private final BridgeSettings settings;
    private final SlotIndex<Void, MacEntry> index = new SlotIndex<>();
    private int learned;

    MacTable(Lock lock, FirewallTime time, BridgeSettings settings) {
        super("static-mac", lock, time, settings.maxLearned() + settings.maxStatic(), Ageing.PROMISED, new Form());
        this.settings = settings;
    }

    /** The entry of an address that is not too old, or {@code null}. */
    Slot<MacEntry> find(int vlan, long address) {
        Node<Void, MacEntry> node = index.first(vlan, address);
        return node == null || over(node.slot()) ? null : node.slot();
    }

    /** An address has sent something by a port: it is there from now on, unless there are too many. */
    void learn(Slot<MacEntry> known, int vlan, long address, int port) {
        if (known != null && known.entry().networkInterface() == port) {
            touch(known);
        } else if (known != null || learned < settings.maxLearned() && hasRoom()) {
            put(new MacEntry(vlan, new MacAddress(address), port, Type.LEARNED, settings.ageSeconds()));
        }
    }

    /** Forgets every learned address: the stations may have been elsewhere while this firewall did not look. */
    void forgetLearned() {
        each(entry -> {
            Slot<MacEntry> slot = entry.type() == Type.LEARNED ? find(entry.vlan(), entry.address().bits()) : null;
            if (slot != null) {
                remove(slot);
            }
        });
    }

    int learnedEntries() {
        return learned;
    }

    @Override
    protected void check(MacEntry entry) {
        if (!isPort(entry.networkInterface())) {
            throw new EntryRefusedException("unknown-interface", "no inside port " + entry.networkInterface() + " here for "
                    + entry.address() + ": set switch_ports alike on both firewalls");
        }
        if (entry.vlan() >= Ethernet.RESERVED_VLAN || Ethernet.isGroup(entry.address().bits()) || entry.address().equals(settings.own())) {
            throw new EntryRefusedException("impossible-address", entry.address() + " in VLAN " + entry.vlan()
                    + " cannot be behind a port: it must be the address of one station, not the firewall's own, and the VLAN 0 to 4094");
        }
    }

    /** Whether the number is that of an inside port. */
    boolean isPort(int number) {
        return settings.ports() > 0 && (number == 0 || number >= 2 && number <= settings.ports());
    }

    @Override
    protected void entered(Slot<MacEntry> slot) {
        index.add(slot.entry().vlan(), slot.entry().address().bits(), null, slot);
        learned += slot.entry().type() == Type.LEARNED ? 1 : 0;
    }

    @Override
    protected void leaving(Slot<MacEntry> slot) {
        index.remove(slot.entry().vlan(), slot.entry().address().bits(), slot);
        learned -= slot.entry().type() == Type.LEARNED ? 1 : 0;
    }

    static AddressKey key(int vlan, long address) {
        return new AddressKey(vlan, address, 0);
    }

    /** How entries are handled. */
    private static final class Form implements EntryForm<AddressKey, MacEntry> {

        @Override
        public AddressKey key(MacEntry entry) {
            return MacTable.key(entry.vlan(), entry.address().bits());
        }

        @Override
        public int remainingSeconds(MacEntry entry) {
            return entry.type() == Type.STATIC ? FOREVER : entry.remainingSeconds();
        }

        @Override
        public MacEntry withRemaining(MacEntry entry, int seconds) {
            return new MacEntry(entry.vlan(), entry.address(), entry.networkInterface(), entry.type(), seconds);
        }
    }
}
