/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.ipsec;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.IpsecTunnel;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.lists.Prefix;
import twinwall.firewall.embedded.lists.PrefixMap;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.table.AddressKey;
import twinwall.firewall.embedded.table.EntryForm;
import twinwall.firewall.embedded.table.EntryTable;
import twinwall.firewall.embedded.table.Slot;

/**
 * The table {@code ipsec-tunnel}: finds associations by SPI and by selectors, decides whether this firewall may use one, and reports what
 * {@link OutboundNumbers} and {@link InboundNumbers} promise. An association stays until it is removed, also when its lifetime is over:
 * packets that it would protect are dropped then, and do not leave unprotected.
 */
final class TunnelTable extends EntryTable<AddressKey, IpsecTunnel> {

    private static final long SECOND = 1_000_000;
    /** The latest first, and the same on both firewalls. */
    private static final Comparator<Association> ORDER = Comparator.comparingLong((Association one) -> -one.entry.createdSeconds())
            .thenComparingLong(one -> one.entry.spi());

    private final IpsecSettings settings;
    private final TunnelChecks checks;
    private final Map<AddressKey, Association> associations = new HashMap<>();
    private final Map<ByteBuffer, AddressKey> secrets = new HashMap<>();
    private final PrefixMap<List<Association>> byRemote = new PrefixMap<>();
    private final List<Association> news = new ArrayList<>();
    private final SecureRandom random = new SecureRandom();
    private boolean reporting;
    /** While an association is replaced by a later state of itself. */
    private Association renewed;
    private long nextReport;

    TunnelTable(IpsecSettings settings, TunnelChecks checks, Lock lock, FirewallTime time) {
        super("ipsec-tunnel", lock, time, 2 * settings.maxTunnels(), Ageing.PROMISED,
                (EntryForm.Lasting<AddressKey, IpsecTunnel>) TunnelTable::key);
        this.settings = settings;
        this.checks = checks;
    }

    /** What identifies an association: destination and SPI, for ESP is the only protocol. */
    static AddressKey key(IpsecTunnel entry) {
        byte[] destination = entry.destination().getAddress();
        return AddressKey.of(destination, entry.spi() << 8 | destination.length);
    }

    /** The association that opens packets to that address with that SPI, or {@code null}. */
    Association opening(boolean v6, long high, long low, int spi) {
        Association found = associations.get(new AddressKey(high, low, (spi & 0xffffffffL) << 8 | (v6 ? 16 : 4)));
        return found != null && found.inbound != null ? found : null;
    }

    /** Whether there is any association. */
    boolean any() {
        return !associations.isEmpty();
    }

    /** The association that packets between these addresses are sealed with, or {@code null}: of the longest remote prefix the latest. */
    Association sealing(boolean v6, long localHigh, long localLow, long remoteHigh, long remoteLow) {
        List<Association> found = byRemote.longest(v6, remoteHigh, remoteLow, some -> pick(some, v6, localHigh, localLow) != null);
        return found == null ? null : pick(found, v6, localHigh, localLow);
    }

    private static Association pick(List<Association> some, boolean v6, long high, long low) {
        for (Association one : some) {
            if (Association.holds(one.local, v6, high, low)) {
                return one;
            }
        }
        return null;
    }

    /**
     * Whether this firewall may use the association now; takes it over from the peer when that is due.
     *
     * @return {@code null} when it may
     */
    DropReason use(Association one) {
        if (!one.mine || one.stretch != time().stretch()) {
            if (!one.mine && time().sharing()) {
                return DropReason.IPSEC_PEERS;
            }
            one.takeOver(newSender(one), time().stretch());
            report(one);
        }
        if (one.over(time().now())) {
            return DropReason.IPSEC_LIFETIME;
        }
        if (!one.news) {
            one.news = true;
            news.add(one);
        }
        return null;
    }

    /** Drawn by lot, and another one than is known: what the other firewall seals unheard is under another number. */
    private int newSender(Association one) {
        int drawn = random.nextInt(1 << 16);
        return drawn == one.sender || drawn == one.entry.sender() ? newSender(one) : drawn;
    }

    /** A new sender's number for an association that is installed. */
    int newSender() {
        return random.nextInt(1 << 16);
    }

    /** Tells the watchers the state of the association. */
    void report(Association one) {
        own(one.state(time().now()));
    }

    /** An association of this firewall, new or in a new state. */
    void own(IpsecTunnel entry) {
        reporting = true;
        try {
            put(entry);
        } finally {
            reporting = false;
        }
    }

    /** Reports once in a second what has changed. */
    void reportNews() {
        long now = time().now();
        if (news.isEmpty() || now < nextReport) {
            return;
        }
        nextReport = now + SECOND;
        List<Association> due = List.copyOf(news);
        news.clear();
        for (Association one : due) {
            if (associations.get(key(one.entry)) == one) {
                one.news = one.inbound != null && one.mine && one.inbound.settling(now);
                if (one.news) {
                    news.add(one);
                }
                report(one);
            }
        }
    }

    /** The associations, for people. */
    List<Association> all() {
        return List.copyOf(associations.values());
    }

    /** Whether an association has that key. */
    boolean has(IpsecTunnel entry) {
        return associations.containsKey(key(entry));
    }

    /**
     * Looks at an entry, own or the peer's.
     *
     * @throws EntryRefusedException when it cannot be used here
     */
    @Override
    protected void check(IpsecTunnel entry) {
        checks.check(entry);
        AddressKey holder = secrets.get(ByteBuffer.wrap(entry.secret()));
        if (holder != null && !holder.equals(key(entry))) {
            throw new EntryRefusedException("key-in-use", "another association has the same key");
        }
    }

    @Override
    protected void replacing(Slot<IpsecTunnel> slot, IpsecTunnel by) {
        Association one = associations.get(key(by));
        if (one.is(by)) {
            renewed = one;
        } else {
            leaving(slot);
        }
    }

    /** A later state of an association that is here. */
    private void renew(Association one, IpsecTunnel entry) {
        if (reporting) {
            one.entry = entry;
        } else {
            heard(one, entry);
        }
    }

    private void heard(Association one, IpsecTunnel entry) {
        boolean known = one.news;
        // In load balancing the peer may repeat what it heard from here.
        one.mine &= time().sharing() && entry.sender() == one.sender;
        one.heard(entry, time());
        if (one.news && !known) {
            news.add(one);
        }
        one.news |= known;
    }

    @Override
    protected void entered(Slot<IpsecTunnel> slot) {
        IpsecTunnel entry = slot.entry();
        if (renewed != null) {
            renew(renewed, entry);
            renewed = null;
            return;
        }
        Association one = new Association(entry, settings);
        one.mine = reporting;
        one.stretch = time().stretch();
        one.start(time());
        associations.put(key(entry), one);
        secrets.put(ByteBuffer.wrap(entry.secret()), key(entry));
        if (one.outbound != null) {
            for (Prefix prefix : one.remote) {
                List<Association> some = new ArrayList<>(others(byRemote.get(prefix), one));
                some.add(one);
                some.sort(ORDER);
                byRemote.put(prefix, some);
            }
        }
    }

    @Override
    protected void leaving(Slot<IpsecTunnel> slot) {
        Association one = associations.remove(key(slot.entry()));
        secrets.remove(ByteBuffer.wrap(slot.entry().secret()));
        news.remove(one);
        if (one.outbound != null) {
            for (Prefix prefix : one.remote) {
                List<Association> some = others(byRemote.get(prefix), one);
                if (some.isEmpty()) {
                    byRemote.remove(prefix);
                } else {
                    byRemote.put(prefix, some);
                }
            }
        }
    }

    private static List<Association> others(List<Association> some, Association than) {
        return some == null ? List.of() : some.stream().filter(one -> one != than).toList();
    }
}
