/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.sslvpn;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;

import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.Ip4;
import twinwall.firewall.Sha256;
import twinwall.firewall.SslVpnUser;
import twinwall.firewall.embedded.lists.AddressRange;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.table.EntryForm;
import twinwall.firewall.embedded.table.EntryTable;
import twinwall.firewall.embedded.table.Slot;

/** The table {@code ssl-vpn-user}, with sessions by token and by assigned address. An entry that is not used for a time ends. */
final class SslVpnTable extends EntryTable<SslVpnKey, SslVpnUser> {

    private final SslVpnSettings settings;
    private final Consumer<SslVpnKey> ended;
    private final int[] pool;
    private final int[] sortedPool;
    private final Map<Sha256, Slot<SslVpnUser>> byToken = new HashMap<>();
    private final Map<Ip4, Slot<SslVpnUser>> byAddress = new HashMap<>();
    private final Map<String, Integer> sessionsOf = new HashMap<>();

    /** {@code ended} is told of sessions that are gone or replaced. */
    SslVpnTable(Lock lock, FirewallTime time, SslVpnSettings settings, Consumer<SslVpnKey> ended) {
        super("ssl-vpn-user", lock, time, settings.maxSessions(), Ageing.IDLE, new Form());
        this.settings = settings;
        this.ended = ended;
        this.pool = AddressRange.list(settings.pool());
        this.sortedPool = pool.clone();
        Arrays.sort(sortedPool);
    }

    /** The session with that token, {@code null} when there is none or its time is over. */
    Slot<SslVpnUser> withToken(String token) {
        return live(byToken.get(Sha256.of(token)));
    }

    /** The session to which that address is assigned, {@code null} when none is. */
    Slot<SslVpnUser> at(int address) {
        return live(byAddress.get(new Ip4(address)));
    }

    private Slot<SslVpnUser> live(Slot<SslVpnUser> slot) {
        return slot == null ? null : find(SslVpnKey.of(slot.entry()));
    }

    /** Whether the address is one for the network extension. */
    boolean inPool(int address) {
        return sortedPool.length > 0 && Arrays.binarySearch(sortedPool, address) >= 0;
    }

    /** An address that nobody has and that may be handed out, {@code null} when there is none. */
    Ip4 freeAddress() {
        for (int i = 0; i < pool.length; i++) {
            Ip4 candidate = new Ip4(pool[i]);
            if (time().share().has(i) && !byAddress.containsKey(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    /** How many sessions the user has. */
    int sessions(String user) {
        return sessionsOf.getOrDefault(user, 0);
    }

    @Override
    protected void check(SslVpnUser entry) {
        if (!entry.gateway().equals(settings.gateway())) {
            throw new EntryRefusedException("unknown-gateway", "there is no virtual gateway " + entry.gateway()
                    + " here. Give sslvpn_gateway the same value on both firewalls");
        }
        if (entry.assigned().isPresent() && !inPool(entry.assigned().get().bits())) {
            throw new EntryRefusedException("address-outside-pool", entry.assigned().get()
                    + " is not in sslvpn_pool. Give it the same value on both firewalls");
        }
    }

    @Override
    protected void entered(Slot<SslVpnUser> slot) {
        byToken.put(slot.entry().tokenHash(), slot);
        slot.entry().assigned().ifPresent(address -> byAddress.put(address, slot));
        sessionsOf.merge(slot.entry().user(), 1, Integer::sum);
    }

    @Override
    protected void leaving(Slot<SslVpnUser> slot) {
        ended.accept(SslVpnKey.of(slot.entry()));
        byToken.remove(slot.entry().tokenHash(), slot);
        slot.entry().assigned().ifPresent(address -> byAddress.remove(address, slot));
        sessionsOf.computeIfPresent(slot.entry().user(), (user, count) -> count == 1 ? null : count - 1);
    }

    /** An idle entry's time begins anew at a takeover, so it is always the whole. */
    private static final class Form implements EntryForm<SslVpnKey, SslVpnUser> {

        @Override
        public SslVpnKey key(SslVpnUser entry) {
            return SslVpnKey.of(entry);
        }

        @Override
        public int remainingSeconds(SslVpnUser entry) {
            return entry.timeoutSeconds();
        }

        @Override
        public SslVpnUser withRemaining(SslVpnUser entry, int seconds) {
            return new SslVpnUser(entry.gateway(), entry.user(), entry.session(), entry.tokenHash(), entry.client(), entry.assigned(),
                    entry.loginSeconds(), entry.roles(), entry.timeoutSeconds(), seconds);
        }
    }
}
