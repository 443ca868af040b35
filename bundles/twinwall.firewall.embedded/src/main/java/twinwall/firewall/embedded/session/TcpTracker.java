/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import twinwall.firewall.SessionState;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.packet.Packet;

/**
 * Follows TCP connections (RFC 9293). A segment must lie in the window that the receiver offered, and may acknowledge no more than its
 * sender has allowed to be sent; data that was acknowledged but not seen went another way, as it has when a capture has gaps. Of a
 * connection that was not seen from its beginning, because it came from the peer, windows are learnt from the first segments each way,
 * and what the peer may have forwarded meanwhile is allowed for.
 */
final class TcpTracker {

    private static final int LEAST_ACKNOWLEDGEMENT_WINDOW = 66000;
    private static final int MOST_SHIFT = 14;
    private static final int LEAST_LOOSE_WINDOW = 65535;
    /** Keeps sums of windows well below the half of the sequence space within which numbers can be compared. */
    private static final int MOST_WINDOW = 1 << 28;
    private static final byte NEW = (byte) SessionState.NEW.ordinal();
    private static final byte ANSWERED = (byte) SessionState.ANSWERED.ordinal();
    private static final byte ESTABLISHED = (byte) SessionState.ESTABLISHED.ordinal();
    private static final byte CLOSING = (byte) SessionState.CLOSING.ordinal();
    private static final byte CLOSED = (byte) SessionState.CLOSED.ordinal();

    /** A connection begins with this SYN. */
    void begin(Flow flow, Packet syn) {
        flow.attempt = syn.sequence;
        flow.windowScales = (byte) (syn.windowScale << 4 | Packet.NO_SCALE);
        flow.end0 = syn.sequence + syn.segmentLength;
        flow.window0 = Math.max(1, syn.window);
        flow.set(Flow.KNOWN);
    }

    /** Whether the client goes on just behind its SYN as if it had been answered, although no answer came by here. */
    boolean answeredElsewhere(Flow flow, Packet packet) {
        return flow.state == NEW && packet.has(Packet.ACK) && !packet.has(Packet.SYN) && !packet.has(Packet.RST)
                && packet.sequence == flow.end0;
    }

    /** Whether the SYN begins a new connection in place of the one that has ended between the same ends. */
    boolean beginsAnew(Flow flow, Packet packet) {
        return flow.state == CLOSED && packet.has(Packet.SYN) && !packet.has(Packet.ACK);
    }

    /** Whether the server accepts a new connection where this firewall still knew an older one: one side had lost it. */
    boolean acceptsAnew(Flow flow, int direction, Packet packet) {
        return direction == 1 && flow.is(Flow.RETRIED) && flow.state != NEW && packet.has(Packet.SYN) && packet.has(Packet.ACK)
                && packet.acknowledgement == flow.attempt + 1;
    }

    /** The connection that {@link #acceptsAnew} has found begins, as if its SYN had just been seen. */
    void beginAgain(Flow flow) {
        int attempt = flow.attempt;
        byte scales = flow.windowScales;
        flow.startOver();
        flow.windowScales = scales;
        flow.end0 = attempt + 1;
        flow.window0 = LEAST_LOOSE_WINDOW;
        flow.set(Flow.KNOWN);
    }

    /** Checks a packet and moves the state. Returns {@code null} when the packet goes on. */
    DropReason track(Flow flow, int direction, Packet packet) {
        if (packet.has(Packet.RST)) {
            return reset(flow, direction, packet);
        }
        if (packet.has(Packet.SYN)) {
            return packet.has(Packet.ACK) ? answer(flow, direction, packet) : syn(flow, direction, packet);
        }
        return segment(flow, direction, packet);
    }

    private DropReason syn(Flow flow, int direction, Packet packet) {
        if (direction == 1) {
            if (flow.state != NEW && !flow.is(Flow.SIMULTANEOUS)) {
                return DropReason.TCP_STATE;
            }
            flow.set(Flow.SIMULTANEOUS);
            learnAnswer(flow, packet);
            return null;
        }
        if (flow.state == NEW) {
            begin(flow, packet);
        } else if (flow.state != ANSWERED || packet.sequence != flow.attempt) {
            // The client has lost the connection. The server answers with an ACK of the old one (RFC 5961, section 4), or with a SYN-ACK.
            flow.attempt = packet.sequence;
            flow.set(Flow.RETRIED);
        }
        return null;
    }

    private DropReason answer(Flow flow, int direction, Packet packet) {
        if (direction == 0) {
            if (!flow.is(Flow.SIMULTANEOUS) && !flow.is(Flow.LOOSE)) {
                return DropReason.TCP_STATE;
            }
            if (flow.is(Flow.KNOWN << 1) && packet.acknowledgement != flow.end1) {
                return DropReason.TCP_WINDOW;
            }
            flow.state = (byte) Math.max(flow.state, ESTABLISHED);
            return null;
        }
        if (flow.state > ANSWERED) {
            return segment(flow, direction, packet);
        }
        if (flow.is(Flow.KNOWN)) {
            int acknowledged = packet.acknowledgement - flow.attempt;
            if (acknowledged < 1 || packet.acknowledgement - flow.end0 > 0) {
                return DropReason.TCP_WINDOW;
            }
        }
        learnAnswer(flow, packet);
        return null;
    }

    private void learnAnswer(Flow flow, Packet packet) {
        flow.state = (byte) Math.max(flow.state, ANSWERED);
        flow.windowScales = (byte) (flow.windowScales & 0xf0 | packet.windowScale);
        flow.end1 = packet.sequence + packet.segmentLength;
        flow.window1 = Math.max(1, packet.window);
        flow.limit0 = packet.has(Packet.ACK) ? packet.acknowledgement + flow.window1 : flow.end0 + flow.window1;
        flow.limit1 = packet.sequence + 1 + Math.max(flow.window0, flow.is(Flow.KNOWN) ? 1 : LEAST_LOOSE_WINDOW);
        flow.set(Flow.KNOWN << 1);
    }

    private DropReason reset(Flow flow, int direction, Packet packet) {
        if (flow.state == NEW) {
            boolean refused = direction == 0 || !flow.is(Flow.KNOWN)
                    || packet.has(Packet.ACK) && packet.acknowledgement - flow.attempt > 0 && packet.acknowledgement - flow.end0 <= 0;
            if (!refused) {
                return DropReason.TCP_WINDOW;
            }
            flow.state = CLOSED;
            return null;
        }
        if (!bothKnown(flow)) {
            flow.state = CLOSED;
            return null;
        }
        int slack = slack(flow, direction);
        int end = flow.end(direction);
        if (packet.sequence - (flow.limit(direction) + slack) > 0
                || packet.sequence - (end - flow.window(1 - direction) - slack) < 0) {
            return DropReason.TCP_WINDOW;
        }
        // In the window but not exact: the receiver asks back (RFC 5961, section 3), so the session stays until the exact one comes.
        if (packet.sequence == end || flow.state >= CLOSING || flow.is(Flow.LOOSE)) {
            flow.state = CLOSED;
        }
        return null;
    }

    private DropReason segment(Flow flow, int direction, Packet packet) {
        if (flow.state == NEW && !flow.is(Flow.LOOSE)) {
            // An old connection's answer to a SYN goes back, so that the client can reset it (RFC 9293, section 3.5.1).
            return direction == 1 && packet.segmentLength == 0 ? null : DropReason.TCP_STATE;
        }
        if (bothKnown(flow) && !inWindow(flow, direction, packet)) {
            return DropReason.TCP_WINDOW;
        }
        learn(flow, direction, packet);
        advance(flow, direction, packet);
        return null;
    }

    private static boolean bothKnown(Flow flow) {
        return flow.is(Flow.KNOWN) && flow.is(Flow.KNOWN << 1);
    }

    /** How far a connection that was not seen whole may lie outside of what was seen. */
    private static int slack(Flow flow, int direction) {
        return flow.is(Flow.LOOSE) ? Math.max(LEAST_LOOSE_WINDOW, flow.window(1 - direction)) : 0;
    }

    private static boolean inWindow(Flow flow, int direction, Packet packet) {
        int other = 1 - direction;
        int slack = slack(flow, direction);
        int end = packet.sequence + packet.segmentLength;
        if (packet.sequence - (flow.limit(direction) + slack) > 0
                || end - (flow.end(direction) - flow.window(other) - slack) < 0) {
            return false;
        }
        int acknowledged = packet.acknowledgement;
        int most = flow.limit(other) + slack(flow, other);
        // A whole window may be under way one way while acknowledgements overtake each other the other way.
        int least = flow.end(other) - 2 * Math.max(LEAST_ACKNOWLEDGEMENT_WINDOW, flow.window(direction)) - slack;
        return acknowledged - most <= 0 && acknowledged - least >= 0;
    }

    private static void learn(Flow flow, int direction, Packet packet) {
        int other = 1 - direction;
        int end = packet.sequence + packet.segmentLength;
        int known = Flow.KNOWN << direction;
        int window = packet.has(Packet.SYN) ? packet.window : packet.window << shift(flow, direction);
        window = Math.min(MOST_WINDOW, Math.max(1, window));
        int allowed = packet.acknowledgement + window;
        boolean first = !flow.is(known);
        if (first && !flow.is(Flow.HINTED << direction) || end - flow.end(direction) > 0) {
            flow.end(direction, end);
        }
        flow.window(direction, first ? window : Math.max(flow.window(direction), window));
        if (first || allowed - flow.limit(other) > 0) {
            flow.limit(other, allowed);
        }
        flow.set(known);
        learnFromAcknowledgement(flow, other, packet.acknowledgement);
    }

    /** The other side has sent at least what is acknowledged, if by another way. */
    private static void learnFromAcknowledgement(Flow flow, int other, int acknowledged) {
        boolean nothingYet = !flow.is(Flow.KNOWN << other) && !flow.is(Flow.HINTED << other);
        if (nothingYet || acknowledged - flow.end(other) > 0) {
            flow.end(other, acknowledged);
            flow.set(Flow.HINTED << other);
        }
    }

    private static int shift(Flow flow, int direction) {
        int client = flow.windowScales >>> 4 & 0xf;
        int server = flow.windowScales & 0xf;
        if (client == Packet.NO_SCALE) {
            return 0;
        }
        if (server == Packet.NO_SCALE) {
            // The answer may have gone through the peer, just before it failed: then the largest shift is assumed.
            return flow.is(Flow.LOOSE) ? MOST_SHIFT : 0;
        }
        return direction == 0 ? client : server;
    }

    private static void advance(Flow flow, int direction, Packet packet) {
        if (flow.state < ESTABLISHED) {
            boolean complete = direction == 0 && (flow.is(Flow.LOOSE) || packet.acknowledgement - flow.end1 >= 0);
            flow.state = complete ? ESTABLISHED : (byte) Math.max(flow.state, ANSWERED);
        }
        int other = 1 - direction;
        if (packet.has(Packet.FIN)) {
            flow.set(Flow.FINISHED << direction);
            flow.state = (byte) Math.max(flow.state, CLOSING);
        }
        if (flow.is(Flow.FINISHED << other) && packet.acknowledgement == flow.end(other)) {
            flow.set(Flow.FINISH_ACKNOWLEDGED << other);
            if (flow.is(Flow.FINISH_ACKNOWLEDGED << direction)) {
                flow.state = CLOSED;
            }
        }
    }
}
