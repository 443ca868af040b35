/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.redirect;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import twinwall.firewall.FirewallCounter;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.Frame;
import twinwall.firewall.embedded.Verdict;
import twinwall.firewall.embedded.count.ReasonCounter;
import twinwall.firewall.embedded.packet.AnswerAllowance;
import twinwall.group.PeerMessages;

/**
 * Packets for the peer to forward: those whose session may be there, and those that come while this firewall's work is handed over. They
 * wait in bounded queues until {@link #send} puts them in messages. May be called under the firewall's lock, from any thread; never
 * calls back while it holds its own.
 */
final class PeerPackets {

    static final int MOST_REDIRECTED = 1024;
    static final int MOST_REDIRECTED_BYTES = 1 << 20;
    static final int MOST_KEPT = 16_384;
    static final int MOST_KEPT_BYTES = 16 << 20;
    private static final int LARGEST = PeerMessages.MOST_BYTES - PacketMessage.MESSAGE_HEADER - PacketMessage.PACKET_HEADER;
    private static final long RETRY_MICROS = 1000;
    private static final long MILLI = 1000;

    private final RedirectSettings settings;
    private final LongSupplier clock;
    private final Losses losses;
    private final AnswerAllowance allowance;
    private final PacketQueue redirected = new PacketQueue(Kind.REDIRECTED, MOST_REDIRECTED, MOST_REDIRECTED_BYTES);
    private final PacketQueue kept = new PacketQueue(Kind.HANDED_OVER, MOST_KEPT, MOST_KEPT_BYTES);
    private final ReasonCounter<Outcome> counter = new ReasonCounter<>("peer-packets",
            "Packets given to the peer to forward, and taken from it, by what became of them.", Outcome.class);
    private Predicate<byte[]> link = message -> false;
    private Runnable alarm = () -> { };
    private volatile Phase phase = Phase.NONE;
    private long keepUntil;

    private enum Phase {
        /** Nothing is kept. */
        NONE,
        /** The work is handed over, and the peer does not do it yet. */
        KEEPING,
        /** The peer does it. */
        GIVING
    }

    /** Is told of packets that are dropped after they were taken. Called without a lock. */
    @FunctionalInterface
    interface Losses {

        /** So many, for that reason. */
        void dropped(DropReason reason, int count);
    }

    /** {@code clock}: micros that only go forward. */
    PeerPackets(RedirectSettings settings, LongSupplier clock, Losses losses) {
        this.settings = settings;
        this.clock = clock;
        this.losses = losses;
        this.allowance = new AnswerAllowance(settings.packetsPerSecond());
    }

    /** How messages of {@link PeerTraffic#TOPIC} get to the peer: false when it will not be sent now. */
    synchronized void link(Predicate<byte[]> to) {
        link = to;
    }

    /** Whom to wake when {@link #send} has something to do; returns at once. */
    synchronized void alarm(Runnable wake) {
        alarm = wake;
    }

    /** A packet whose session may be the peer's. */
    Verdict redirect(int in, Frame frame) {
        Runnable wake;
        synchronized (this) {
            if (frame.length > LARGEST || !redirected.hasRoom(frame.length) || !allowance.take(clock.getAsLong())) {
                return Verdict.dropped(DropReason.REDIRECT_LIMIT);
            }
            redirected.add(PeerPacket.of(in, frame));
            wake = alarm;
        }
        wake.run();
        return Verdict.REDIRECTED;
    }

    /** The firewall does not forward any more, because the peer is to. */
    synchronized void handsOver() {
        if (settings.handoverMillis() > 0) {
            keepUntil = clock.getAsLong() + settings.handoverMillis() * MILLI;
            phase = Phase.KEEPING;
            alarm.run();
        }
    }

    /** The peer forwards. */
    synchronized void handedOver() {
        if (phase == Phase.KEEPING) {
            phase = Phase.GIVING;
            alarm.run();
        }
    }

    /** Whether the peer does not forward yet what was handed over: until then what was inspected here may still leave. */
    synchronized boolean keeps() {
        return phase == Phase.KEEPING && clock.getAsLong() < keepUntil;
    }

    /** A packet that came while this firewall does not forward. */
    Verdict keep(int in, Frame frame) {
        if (phase == Phase.NONE) {
            return Verdict.dropped(DropReason.STANDBY);
        }
        Runnable wake;
        synchronized (this) {
            if (phase == Phase.NONE || clock.getAsLong() >= keepUntil) {
                return Verdict.dropped(DropReason.STANDBY);
            }
            if (frame.length > LARGEST || !kept.hasRoom(frame.length)) {
                return Verdict.dropped(DropReason.HANDOVER_LIMIT);
            }
            kept.add(PeerPacket.of(in, frame));
            wake = phase == Phase.GIVING ? alarm : null;
        }
        if (wake != null) {
            wake.run();
        }
        return Verdict.REDIRECTED;
    }

    /** The firewall has a new role; gives what is kept, which is to be inspected here if it forwards. */
    synchronized List<PeerPacket> ends() {
        phase = Phase.NONE;
        return kept.takeAll();
    }

    /**
     * Sends what may be sent. For one thread at a time.
     *
     * @return micros until it is to be called again; -1 for not before the alarm
     */
    long send() {
        PacketMessage message = next(redirected);
        while (message != null) {
            int packets = message.packets().size();
            if (link().test(message.written())) {
                counted(Outcome.REDIRECTED, packets);
            } else {
                losses.dropped(DropReason.REDIRECT_LIMIT, packets);
            }
            message = next(redirected);
        }
        return sendKept();
    }

    private long sendKept() {
        while (phase != Phase.NONE) {
            int late = 0;
            PacketMessage message = null;
            synchronized (this) {
                long left = keepUntil - clock.getAsLong();
                if (phase == Phase.KEEPING && left > 0) {
                    return left;
                }
                message = phase == Phase.GIVING ? kept.next(PeerMessages.MOST_BYTES) : null;
                if (message == null && left > 0) {
                    return left;
                }
                late = message == null ? ends().size() : 0;
            }
            if (message == null) {
                losses.dropped(DropReason.HANDOVER_LIMIT, late);
            } else if (link().test(message.written())) {
                counted(Outcome.HANDED_OVER, message.packets().size());
            } else if (putBack(message)) {
                return RETRY_MICROS;
            } else {
                losses.dropped(DropReason.HANDOVER_LIMIT, message.packets().size());
            }
        }
        return -1;
    }

    /** False when it is too late to try again. */
    private synchronized boolean putBack(PacketMessage message) {
        if (phase != Phase.GIVING || clock.getAsLong() >= keepUntil) {
            return false;
        }
        kept.putBack(message);
        return true;
    }

    private synchronized PacketMessage next(PacketQueue queue) {
        return queue.next(PeerMessages.MOST_BYTES);
    }

    private synchronized Predicate<byte[]> link() {
        return link;
    }

    void counted(Outcome outcome, int packets) {
        counter.count(outcome, packets);
    }

    /** What became of packets between the two firewalls. */
    FirewallCounter counter() {
        return counter;
    }
}
