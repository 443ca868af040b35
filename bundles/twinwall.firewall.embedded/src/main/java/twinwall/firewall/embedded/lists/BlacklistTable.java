/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.lists;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.BlacklistEntry;
import twinwall.firewall.BlacklistEntry.Direction;
import twinwall.firewall.BlacklistEntry.Origin;
import twinwall.firewall.embedded.Blacklist;
import twinwall.firewall.embedded.command.Arguments;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.table.Slot;

/** The table {@code blacklist}: packets that match are dropped. */
final class BlacklistTable extends AddressList<BlacklistEntry> implements Blacklist {

    private int dynamic;

    BlacklistTable(Lock lock, FirewallTime time, int most) {
        super("blacklist", lock, time, most, new Form(), false);
    }

    @Override
    public void add(Direction direction, InetAddress address, int protocol, int port, Origin origin, String reason,
            OptionalInt timeoutSeconds) {
        Optional<Integer> timeout = checked(reason, timeoutSeconds);
        Pick.of(direction, address, protocol, port);
        set(new BlacklistEntry(0, direction, address, protocol, port, origin, reason, timeout, timeoutSeconds.orElse(0)));
    }

    @Override
    public boolean remove(Direction direction, InetAddress address, int protocol, int port) {
        return takeOut(Pick.of(direction, address, protocol, port));
    }

    /** Entries that the firewall itself has put in. */
    int dynamicEntries() {
        return dynamic;
    }

    @Override
    protected void check(BlacklistEntry entry) {
        onlySystem(entry.vsys());
    }

    @Override
    protected void entered(Slot<BlacklistEntry> slot) {
        super.entered(slot);
        dynamic += slot.entry().origin() == Origin.DYNAMIC ? 1 : 0;
    }

    @Override
    protected void leaving(Slot<BlacklistEntry> slot) {
        super.leaving(slot);
        dynamic -= slot.entry().origin() == Origin.DYNAMIC ? 1 : 0;
    }

    /** How entries are handled. */
    private static final class Form implements ListForm<BlacklistEntry> {

        @Override
        public Pick pick(BlacklistEntry entry) {
            return Pick.of(entry.direction(), entry.address(), entry.protocol(), entry.port());
        }

        @Override
        public InetAddress address(BlacklistEntry entry) {
            return entry.address();
        }

        @Override
        public String origin(BlacklistEntry entry) {
            return Arguments.written(entry.origin());
        }

        @Override
        public String reason(BlacklistEntry entry) {
            return entry.reason();
        }

        @Override
        public Optional<Integer> timeoutSeconds(BlacklistEntry entry) {
            return entry.timeoutSeconds();
        }

        @Override
        public int left(BlacklistEntry entry) {
            return entry.remainingSeconds();
        }

        @Override
        public BlacklistEntry withRemaining(BlacklistEntry entry, int seconds) {
            return new BlacklistEntry(entry.vsys(), entry.direction(), entry.address(), entry.protocol(), entry.port(), entry.origin(),
                    entry.reason(), entry.timeoutSeconds(), seconds);
        }
    }
}
