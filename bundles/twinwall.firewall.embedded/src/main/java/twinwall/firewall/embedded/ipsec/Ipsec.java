/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.ipsec;

import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.FirewallCommand;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.Frame;
import twinwall.firewall.embedded.IpsecTunnels;
import twinwall.firewall.embedded.Part;
import twinwall.firewall.embedded.lists.Prefix;
import twinwall.firewall.embedded.nat.NatKind;
import twinwall.firewall.embedded.packet.Octets;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.session.FirewallTime;

/**
 * The IPsec gateway (RFC 4301): ESP in tunnel mode between this firewall and others. Traffic between a tunnel's prefixes is sealed when it
 * leaves by the outside and must come in sealed; what was opened is then inspected as any packet from outside, so a rule must allow it.
 * Used under the firewall's lock only.
 */
public final class Ipsec implements Part {

    /** Answers about packets that are too large, in a second (RFC 1812, section 4.3.2.8; RFC 4443, section 2.4). */
    private static final int MOST_ANSWERS = 100;
    private static final long SECOND = 1_000_000;

    private final FirewallTime time;
    private final int mtu;
    private final boolean configured;
    private final List<Prefix> own;
    private final List<Prefix> guarded;
    private final TunnelTable table;
    private final Opener opener;
    private final Sealer sealer = new Sealer();
    private final TunnelInstaller tunnels;
    private final Layers layers = new Layers();
    private long answersSince;
    private int answers;
    private boolean answered;

    /** A gateway without tunnels. */
    public Ipsec(IpsecSettings settings, Lock lock, FirewallTime time) {
        this.time = time;
        TunnelChecks checks = new TunnelChecks(settings);
        mtu = settings.mtu();
        own = checks.own();
        guarded = Prefix.list(settings.guarded());
        configured = !own.isEmpty() || !guarded.isEmpty();
        table = new TunnelTable(settings, checks, lock, time);
        opener = new Opener(table);
        tunnels = new TunnelInstaller(settings, table, lock, time);
    }

    /** Whether there is anything to do. */
    public boolean inUse() {
        return configured;
    }

    /** Whether the packet is sealed and ends here. */
    public boolean endsHere(Packet packet) {
        return packet.protocol == TunnelChecks.ESP && Association.holds(own, packet.v6, packet.destinationHigh, packet.destinationLow);
    }

    /**
     * Opens a packet that {@link #endsHere}; afterwards the frame holds the inner one, which must be read anew.
     *
     * @return {@code null} when it was opened; otherwise why not, and the frame is as it was
     */
    public DropReason open(Packet packet, Frame frame) {
        return opener.open(packet, frame, time.now());
    }

    /** Whether a packet that came in unsealed must not (RFC 4301, section 5.2, step 3b). */
    public boolean mustBeSealed(Packet packet) {
        return Association.holds(guarded, packet.v6, packet.sourceHigh, packet.sourceLow) || table.any()
                && table.sealing(packet.v6, packet.destinationHigh, packet.destinationLow, packet.sourceHigh, packet.sourceLow) != null;
    }

    /**
     * Seals what goes out by the outside and belongs to a tunnel. Afterwards the frame holds the sealed packet, or an answer for the side
     * that it came from, see {@link #answered}.
     *
     * @return {@code null} when it goes on, sealed or not
     */
    public DropReason close(Frame frame) {
        answered = false;
        layers.of(frame);
        boolean v6 = layers.v6;
        int source = layers.source();
        int destination = layers.destination();
        Association with = table.any() ? table.sealing(v6, high(v6, source), low(v6, source), high(v6, destination), low(v6, destination))
                : null;
        if (with == null) {
            return Association.holds(guarded, v6, layers.bytes, destination) ? DropReason.IPSEC_NO_TUNNEL : null;
        }
        DropReason refused = table.use(with);
        if (refused != null) {
            return refused;
        }
        if (Layers.hops(layers.bytes, layers.ip) <= 1) {
            return DropReason.HOPS_EXHAUSTED;
        }
        if (layers.ip + layers.length() > layers.end) {
            return DropReason.TRUNCATED;
        }
        return seal(with, frame);
    }

    private DropReason seal(Association with, Frame frame) {
        int room = Sealer.room(with, mtu);
        if (layers.length() > room) {
            return layers.whole() ? answer(frame, room) : inParts(with, frame, room);
        }
        byte[] sealed = seal(with, layers.bytes, layers.ip, layers.length(), layers.whole());
        if (sealed == null) {
            return DropReason.IPSEC_LIFETIME;
        }
        frame.set(sealed);
        return null;
    }

    /** Takes a number, after it was promised, and seals; {@code null} when there is no number left. */
    private byte[] seal(Association with, byte[] from, int at, int length, boolean whole) {
        if (with.outbound.promiseDue()) {
            with.outbound.promise();
            table.report(with);
        }
        long number = with.outbound.take();
        return number < 0 ? null : sealer.seal(with, number, from, at, length, whole, layers);
    }

    private DropReason inParts(Association with, Frame frame, int room) {
        if ((layers.bytes[layers.ip] & 0x0f) != 5) {
            return DropReason.IPSEC_TOO_LARGE;
        }
        boolean first = true;
        for (byte[] part : TooLarge.cut(layers, room)) {
            byte[] sealed = seal(with, part, 0, part.length, false);
            if (sealed == null) {
                return DropReason.IPSEC_LIFETIME;
            }
            if (first) {
                frame.set(sealed);
            } else {
                frame.add(sealed);
            }
            first = false;
        }
        return null;
    }

    private DropReason answer(Frame frame, int room) {
        if (time.now() - answersSince >= SECOND) {
            answersSince = time.now();
            answers = 0;
        }
        if (++answers > MOST_ANSWERS) {
            return DropReason.IPSEC_TOO_LARGE;
        }
        frame.set(TooLarge.answer(layers, room));
        answered = true;
        return null;
    }

    /** Whether {@link #close} has put an answer into the frame that goes back. */
    public boolean answered() {
        return answered;
    }

    private long high(boolean v6, int at) {
        return v6 ? Octets.i64(layers.bytes, at) : 0;
    }

    private long low(boolean v6, int at) {
        return v6 ? Octets.i64(layers.bytes, at + 8) : Octets.i32(layers.bytes, at) & 0xffffffffL;
    }

    /** The kind of address translation that comes before all others: none. */
    public NatKind exemption() {
        return new TunnelExemption(table);
    }

    /** Installs and removes tunnels. */
    public IpsecTunnels tunnels() {
        return tunnels;
    }

    @Override
    public Map<String, FirewallTable<?>> tables() {
        return Map.of("ipsec-tunnel", table);
    }

    @Override
    public List<FirewallCommand> commands() {
        return List.of(new IpsecCommand(tunnels));
    }

    /** Tells the peer what it must hear of used tunnels by now. Called for every packet and tick: packets wait for it. */
    public void tell() {
        if (configured) {
            table.reportNews();
        }
    }

    @Override
    public void age() {
        // A tunnel whose lifetime is over stays until it is removed.
    }
}
