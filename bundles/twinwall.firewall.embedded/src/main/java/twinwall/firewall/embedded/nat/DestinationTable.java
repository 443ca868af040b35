/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.DestinationBinding;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.table.AddressKey;
import twinwall.firewall.embedded.table.EntryForm;
import twinwall.firewall.embedded.table.EntryTable;
import twinwall.firewall.embedded.table.Slot;

/** Table {@code destination-nat}: where each client's packets go to. Knows which sessions use a binding, whichever came first. */
final class DestinationTable extends EntryTable<AddressKey, DestinationBinding> {

    static final String TYPE = "destination-nat";

    private final List<DestinationRule> rules;
    private final Map<AddressKey, Integer> sessions;
    private final int[][] counts;

    DestinationTable(List<DestinationRule> rules, int most, Lock lock, FirewallTime time) {
        this(rules, most, lock, time, new HashMap<>());
    }

    private DestinationTable(List<DestinationRule> rules, int most, Lock lock, FirewallTime time, Map<AddressKey, Integer> sessions) {
        super(TYPE, lock, time, most, Ageing.IDLE, new Form(rules, sessions));
        this.rules = rules;
        this.sessions = sessions;
        counts = new int[rules.size()][];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new int[rules.get(i).pool().size()];
        }
    }

    /** What identifies the binding that a flow uses. */
    static AddressKey key(DestinationRule rule, Flow flow) {
        return key(rule.number(), flow.protocolNumber(), (int) flow.clientLow, (int) flow.serverLow, flow.ports & 0xffff);
    }

    private static AddressKey key(int rule, int protocol, int source, int destination, int destinationPort) {
        return new AddressKey(source & 0xffffffffL, destination & 0xffffffffL, (long) rule << 24 | protocol << 16 | destinationPort);
    }

    /** The address of the rule's pool that the fewest clients are bound to. */
    int leastBound(DestinationRule rule) {
        int[] bound = counts[rule.number() - 1];
        int least = 0;
        for (int i = 1; i < bound.length; i++) {
            if (bound[i] < bound[least]) {
                least = i;
            }
        }
        return rule.pool().at(least);
    }

    /** A session that uses the binding is in the session table. */
    void began(AddressKey key) {
        sessions.merge(key, 1, Integer::sum);
    }

    /** It is no more. */
    void ended(AddressKey key) {
        // While a session uses it, its time is not over.
        Slot<DestinationBinding> slot = find(key);
        if (sessions.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1) == null && slot != null) {
            rest(slot);
        }
    }

    @Override
    protected void check(DestinationBinding entry) {
        if (entry.vsys() != 0) {
            throw new EntryRefusedException("unknown-vsys", "virtual system " + entry.vsys() + ": this firewall has only 0");
        }
        if (entry.rule() < 1 || entry.rule() > rules.size()) {
            throw new EntryRefusedException("unknown-rule", "there is no rule " + entry.rule()
                    + " in destination_nat here. Set it as on the peer");
        }
        DestinationRule rule = rules.get(entry.rule() - 1);
        if (!rule.matches(entry.protocol(), entry.destination().bits() & 0xffffffffL, entry.destinationPort())
                || rule.pool().number(entry.real().bits()) < 0 || rule.realPort(entry.destinationPort()) != entry.realPort()) {
            throw new EntryRefusedException("other-rule", "rule " + entry.rule() + " of destination_nat does not map "
                    + entry.destination() + " to " + entry.real() + " here. Set it as on the peer");
        }
    }

    @Override
    protected void entered(Slot<DestinationBinding> slot) {
        count(slot.entry(), 1);
    }

    @Override
    protected void leaving(Slot<DestinationBinding> slot) {
        count(slot.entry(), -1);
    }

    private void count(DestinationBinding entry, int change) {
        counts[entry.rule() - 1][rules.get(entry.rule() - 1).pool().number(entry.real().bits())] += change;
    }

    @Override
    protected boolean endsByAgeOnly() {
        return true;
    }

    @Override
    protected boolean inUse(Slot<DestinationBinding> slot) {
        return sessions.containsKey(Form.keyOf(slot.entry()));
    }

    /** A binding ends when it is not used; how long that may last, the rule says. */
    private record Form(List<DestinationRule> rules, Map<AddressKey, Integer> sessions)
            implements EntryForm<AddressKey, DestinationBinding> {

        static AddressKey keyOf(DestinationBinding entry) {
            return DestinationTable.key(entry.rule(), entry.protocol(), entry.source().bits(), entry.destination().bits(),
                    entry.destinationPort());
        }

        @Override
        public AddressKey key(DestinationBinding entry) {
            return keyOf(entry);
        }

        @Override
        public int remainingSeconds(DestinationBinding entry) {
            return rules.get(entry.rule() - 1).ttlSeconds();
        }

        @Override
        public DestinationBinding withRemaining(DestinationBinding entry, int seconds) {
            return new DestinationBinding(entry.vsys(), entry.rule(), entry.protocol(), entry.source(), entry.destination(),
                    entry.destinationPort(), entry.real(), entry.realPort(), sessions.getOrDefault(keyOf(entry), 0), seconds);
        }
    }
}
