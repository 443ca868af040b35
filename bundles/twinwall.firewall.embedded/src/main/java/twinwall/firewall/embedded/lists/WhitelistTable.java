/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.lists;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.BlacklistEntry.Direction;
import twinwall.firewall.WhitelistEntry;
import twinwall.firewall.embedded.Whitelist;
import twinwall.firewall.embedded.session.FirewallTime;

/**
 * The table {@code whitelist}: packets that match are neither blacklisted nor taken for a scan. Later fragments pass whatever the port of
 * the entry: they go on only when their first one did, so it is that one that is asked.
 */
final class WhitelistTable extends AddressList<WhitelistEntry> implements Whitelist {

    WhitelistTable(Lock lock, FirewallTime time, int most) {
        super("whitelist", lock, time, most, new Form(), true);
    }

    @Override
    public void add(Direction direction, InetAddress address, int protocol, int port, String reason, OptionalInt timeoutSeconds) {
        Optional<Integer> timeout = checked(reason, timeoutSeconds);
        Pick.of(direction, address, protocol, port);
        set(new WhitelistEntry(0, direction, address, protocol, port, reason, timeout, timeoutSeconds.orElse(0)));
    }

    @Override
    public boolean remove(Direction direction, InetAddress address, int protocol, int port) {
        return takeOut(Pick.of(direction, address, protocol, port));
    }

    @Override
    protected void check(WhitelistEntry entry) {
        onlySystem(entry.vsys());
    }

    /** How entries are handled. */
    private static final class Form implements ListForm<WhitelistEntry> {

        @Override
        public Pick pick(WhitelistEntry entry) {
            return Pick.of(entry.direction(), entry.address(), entry.protocol(), entry.port());
        }

        @Override
        public InetAddress address(WhitelistEntry entry) {
            return entry.address();
        }

        @Override
        public String origin(WhitelistEntry entry) {
            return "manual";
        }

        @Override
        public String reason(WhitelistEntry entry) {
            return entry.reason();
        }

        @Override
        public Optional<Integer> timeoutSeconds(WhitelistEntry entry) {
            return entry.timeoutSeconds();
        }

        @Override
        public int left(WhitelistEntry entry) {
            return entry.remainingSeconds();
        }

        @Override
        public WhitelistEntry withRemaining(WhitelistEntry entry, int seconds) {
            return new WhitelistEntry(entry.vsys(), entry.direction(), entry.address(), entry.protocol(), entry.port(), entry.reason(),
                    entry.timeoutSeconds(), seconds);
        }
    }
}
