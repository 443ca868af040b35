/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.redirect;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import twinwall.firewall.FirewallCounter;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.Frame;
import twinwall.firewall.embedded.LateFrames;
import twinwall.firewall.embedded.Verdict;

/**
 * Packets that one firewall gives the other to forward. In load balancing those of sessions that are unknown where they came in, if so
 * configured; after a handover those that still come to the firewall that has no work any more. The other firewall inspects them as if they
 * had come in there, and they leave there, by its {@link #outlet}. Nothing is ever given back: what the other one does not know either is
 * dropped there. Any thread.
 */
public final class PeerTraffic {

    /** Topic of the messages in which they travel. */
    public static final String TOPIC = "packets";

    private final RedirectSettings settings;
    private final Inspector inspector;
    private final PeerPackets packets;
    private final Object role = new Object();
    private final AtomicReference<LateFrames> outlet = new AtomicReference<>();

    /** The firewall. Called without a lock of this class, except {@link #forwarding}. */
    public interface Inspector {

        /**
         * Inspects a packet that comes now.
         *
         * @param redirected whether it must belong to a session that is here
         */
        Verdict inspect(int in, Frame frame, boolean redirected, LateFrames late);

        /** Whether packets are forwarded. */
        boolean forwarding();

        /** How many interfaces there are. */
        int interfaces();

        /** Packets that were taken, and are dropped now. */
        void dropped(DropReason reason, int count);
    }

    /** {@code clock}: micros that only go forward. */
    public PeerTraffic(RedirectSettings settings, LongSupplier clock, Inspector inspector) {
        this.settings = settings;
        this.inspector = inspector;
        this.packets = new PeerPackets(settings, clock, inspector::dropped);
    }

    /**
     * Where packets of the peer leave from now on, each with the number 0. Without such a place they are dropped, and none are kept in a
     * handover.
     */
    public void outlet(LateFrames to) {
        outlet.set(to);
    }

    /** Nothing leaves there any more, if it is the place where packets leave. */
    public void closed(LateFrames before) {
        outlet.compareAndSet(before, null);
    }

    /** How messages of {@link #TOPIC} get to the peer: false when one is not sent. */
    public void link(Predicate<byte[]> to) {
        packets.link(to);
    }

    /** Whom to wake when {@link #send} has something to do; may be called under the firewall's lock, returns at once. */
    public void alarm(Runnable wake) {
        packets.alarm(wake);
    }

    /**
     * Sends what waits. For one thread at a time.
     *
     * @return micros until it is to be called again; -1 for not before the alarm
     */
    public long send() {
        return packets.send();
    }

    /** What becomes of a packet whose session may be the peer's: redirected, or dropped because too many are under way. */
    public Verdict redirect(int in, Frame frame) {
        return packets.redirect(in, frame);
    }

    /** What becomes of a packet that comes while this firewall does not forward: kept for the peer if that is to forward, or dropped. */
    public Verdict keep(int in, Frame frame) {
        return packets.keep(in, frame);
    }

    /** Whether the peer does not forward yet what this firewall has just handed over. */
    public boolean keeps() {
        return packets.keeps();
    }

    /** The firewall is about to forward no more, because the peer is to: packets that come from then on are kept. */
    public void handsOver() {
        if (outlet.get() != null) {
            packets.handsOver();
        }
    }

    /** The peer forwards. */
    public void handedOver() {
        packets.handedOver();
    }

    /** The firewall has a role for another reason than that it hands over: what is kept is inspected here, if it forwards. */
    public void roleChanged() {
        List<PeerPacket> kept = packets.ends();
        if (inspector.forwarding()) {
            kept.forEach(packet -> inspect(packet, false, Outcome.KEPT_AFTER_ALL));
        } else {
            inspector.dropped(DropReason.HANDOVER_LIMIT, kept.size());
        }
        synchronized (role) {
            role.notifyAll();
        }
    }

    /** A message of the peer. What was handed over waits until this firewall knows that it forwards, as long as it would be kept. */
    public void message(byte[] message) {
        PacketMessage read = PacketMessage.read(message, inspector.interfaces());
        if (read == null || read.kind() == Kind.REDIRECTED && !settings.redirects()) {
            packets.counted(Outcome.REFUSED_MESSAGE, 1);
            return;
        }
        if (read.kind() == Kind.HANDED_OVER) {
            awaitForwarding();
        }
        boolean redirected = read.kind() == Kind.REDIRECTED;
        read.packets().forEach(packet -> inspect(packet, redirected, Outcome.TAKEN_FORWARDED));
    }

    private void inspect(PeerPacket packet, boolean redirected, Outcome forwarded) {
        LateFrames to = outlet.get();
        if (to == null) {
            inspector.dropped(DropReason.NO_OUTLET, 1);
            packets.counted(Outcome.TAKEN_DROPPED, 1);
            return;
        }
        Frame frame = new Frame(packet.frame());
        Verdict verdict = inspector.inspect(packet.in(), frame, redirected, to);
        if (verdict.forwarded()) {
            to.settled(0, verdict, frame);
        }
        // One that is taken for the peer again, because the work has gone back, counts once it is on its way.
        if (!verdict.redirected()) {
            packets.counted(verdict.forwarded() || verdict.held() ? forwarded : Outcome.TAKEN_DROPPED, 1);
        }
    }

    private void awaitForwarding() {
        long end = System.nanoTime() + settings.handoverMillis() * 1_000_000L;
        synchronized (role) {
            for (long left = end - System.nanoTime(); left > 0 && !inspector.forwarding(); left = end - System.nanoTime()) {
                try {
                    role.wait(left / 1_000_000 + 1);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    /** What became of packets between the two firewalls. */
    public FirewallCounter counter() {
        return packets.counter();
    }
}
