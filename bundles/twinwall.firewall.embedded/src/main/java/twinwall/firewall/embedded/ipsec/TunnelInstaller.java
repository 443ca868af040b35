/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.ipsec;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.AddressPrefix;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.IpsecTunnel;
import twinwall.firewall.IpsecTunnel.Direction;
import twinwall.firewall.embedded.IpsecTunnels;
import twinwall.firewall.embedded.TunnelRequest;
import twinwall.firewall.embedded.session.FirewallTime;

/** Installs tunnels after it has looked at them. */
final class TunnelInstaller implements IpsecTunnels {

    private final IpsecSettings settings;
    private final TunnelTable table;
    private final Lock lock;
    private final FirewallTime time;

    TunnelInstaller(IpsecSettings settings, TunnelTable table, Lock lock, FirewallTime time) {
        this.settings = settings;
        this.table = table;
        this.lock = lock;
        this.time = time;
    }

    @Override
    public void install(TunnelRequest request) {
        lock.lock();
        try {
            if (!time.forwarding()) {
                throw new IllegalStateException("This firewall stands by: install the tunnel on the active one.");
            }
            IpsecTunnel in = entry(request, Direction.INBOUND);
            IpsecTunnel out = entry(request, Direction.OUTBOUND);
            check(request, in, out);
            table.own(in);
            table.own(out);
        } finally {
            lock.unlock();
        }
    }

    private void check(TunnelRequest request, IpsecTunnel in, IpsecTunnel out) {
        try {
            table.check(in);
            table.check(out);
        } catch (EntryRefusedException e) {
            throw new IllegalArgumentException("ipsec: " + e.getMessage(), e);
        }
        if (Arrays.equals(in.secret(), out.secret())) {
            throw new IllegalArgumentException("ipsec: the two directions must have different keys");
        }
        if (table.has(in) || table.has(out)) {
            throw new IllegalArgumentException("ipsec: SPI " + (table.has(in) ? in : out).spi() + " is in use for that address");
        }
        if (table.all().stream().anyMatch(one -> one.entry.tunnel().equals(request.name()))) {
            throw new IllegalArgumentException("ipsec: there is a tunnel " + request.name() + " already");
        }
        if (table.all().size() + 2 > 2 * settings.maxTunnels()) {
            throw new IllegalStateException("The table is full: max_ipsec_tunnels is " + settings.maxTunnels() + ".");
        }
    }

    private IpsecTunnel entry(TunnelRequest of, Direction direction) {
        boolean in = direction == Direction.INBOUND;
        int window = of.window() == 0 ? settings.window() : of.window();
        long number = in ? settings.margin() : (long) settings.interval() + settings.allowance();
        return new IpsecTunnel(0, in ? of.local() : of.remote(), TunnelChecks.ESP, in ? of.spiIn() : of.spiOut(), direction, of.name(),
                in ? of.remote() : of.local(), List.copyOf(of.localPrefixes()), List.copyOf(of.remotePrefixes()), TunnelChecks.ALGORITHM,
                (in ? of.keyIn() : of.keyOut()).clone(), of.extendedNumbers(), in ? window : 0, time.now() / 1_000_000,
                of.lifetimeSeconds(), of.lifetimePackets(), of.lifetimeOctets(), table.newSender(), number, of.lifetimeSeconds(), 0, 0);
    }

    @Override
    public boolean remove(String name) {
        lock.lock();
        try {
            boolean some = false;
            for (Association one : table.all()) {
                if (one.entry.tunnel().equals(name)) {
                    table.remove(table.find(TunnelTable.key(one.entry)));
                    some = true;
                }
            }
            return some;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<AssociationStatus> list() {
        lock.lock();
        try {
            return table.all().stream().map(this::status)
                    .sorted(Comparator.comparing(AssociationStatus::tunnel).thenComparing(AssociationStatus::direction)).toList();
        } finally {
            lock.unlock();
        }
    }

    private AssociationStatus status(Association one) {
        IpsecTunnel entry = one.entry;
        return new AssociationStatus(entry.tunnel(), entry.direction().name().toLowerCase(Locale.ROOT), entry.source().getHostAddress(),
                entry.destination().getHostAddress(), entry.spi(), entry.local().stream().map(AddressPrefix::toString).toList(),
                entry.remote().stream().map(AddressPrefix::toString).toList(), one.mine ? "this" : "peer",
                one.outbound != null ? one.outbound.used() : one.inbound.accepted(), one.packets, one.octets, one.over(time.now()));
    }
}
