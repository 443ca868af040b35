/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import twinwall.firewall.SessionState;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.SctpChunks;

/**
 * Follows SCTP associations by their verification tags and handshake chunks (RFC 9260, sections 5 and 8.5). Of an association that came
 * from the peer the tags are learnt from the first packet each way. Only the first chunk of a packet is looked at.
 */
final class SctpTracker {

    private static final byte NEW = (byte) SessionState.NEW.ordinal();
    private static final byte ANSWERED = (byte) SessionState.ANSWERED.ordinal();
    private static final byte ESTABLISHED = (byte) SessionState.ESTABLISHED.ordinal();
    private static final byte CLOSING = (byte) SessionState.CLOSING.ordinal();
    private static final byte CLOSED = (byte) SessionState.CLOSED.ordinal();
    private static final int REFLECTED = 1;

    /** Whether an INIT that may begin an association. */
    boolean begins(Packet packet) {
        return packet.chunkType == SctpChunks.INIT && packet.verificationTag == 0 && packet.initiateTag != 0;
    }

    /** Whether an INIT begins a new association in place of the one that has ended. */
    boolean beginsAnew(Flow flow, Packet packet) {
        return flow.state == CLOSED && begins(packet);
    }

    /** Whether the client goes on as if its INIT had been answered, although no answer came by here. */
    boolean answeredElsewhere(Flow flow, Packet packet) {
        return flow.state == NEW && packet.chunkType == SctpChunks.COOKIE_ECHO;
    }

    /** An association begins with this INIT. */
    void begin(Flow flow, Packet init) {
        flow.attempt = init.initiateTag;
        flow.end1 = init.initiateTag;
        flow.set(Flow.KNOWN << 1 | Flow.RETRIED);
    }

    /** Checks a packet and moves the state. Returns {@code null} when the packet goes on. */
    DropReason track(Flow flow, int direction, Packet packet) {
        if (packet.chunkType == SctpChunks.INIT) {
            return init(flow, direction, packet);
        }
        if (packet.chunkType == SctpChunks.INIT_ACK) {
            return initAck(flow, direction, packet);
        }
        if (flow.state == NEW && !flow.is(Flow.LOOSE) && !(direction == 1 && packet.chunkType == SctpChunks.ABORT)) {
            return DropReason.SCTP_STATE;
        }
        if (!tagRight(flow, direction, packet)) {
            return DropReason.SCTP_TAG;
        }
        advance(flow, direction, packet.chunkType);
        return null;
    }

    /** A retransmission, or one side has restarted (RFC 9260, section 5.2). The tags change when the answer to it comes. */
    private DropReason init(Flow flow, int direction, Packet packet) {
        if (!begins(packet)) {
            return DropReason.SCTP_TAG;
        }
        flow.attempt = packet.initiateTag;
        flow.set(Flow.RETRIED);
        if (flow.state == NEW && direction == 0) {
            begin(flow, packet);
        }
        return null;
    }

    private DropReason initAck(Flow flow, int direction, Packet packet) {
        if (flow.is(Flow.RETRIED) && packet.verificationTag != flow.attempt) {
            return DropReason.SCTP_TAG;
        }
        if (!flow.is(Flow.RETRIED) && !flow.is(Flow.LOOSE)) {
            return DropReason.SCTP_STATE;
        }
        flow.end(direction, packet.verificationTag);
        flow.end(1 - direction, packet.initiateTag);
        flow.set(Flow.KNOWN | Flow.KNOWN << 1);
        if (direction == 1) {
            flow.state = (byte) Math.max(flow.state, ANSWERED);
        }
        return null;
    }

    private static boolean tagRight(Flow flow, int direction, Packet packet) {
        boolean mayReflect = packet.chunkType == SctpChunks.ABORT || packet.chunkType == SctpChunks.SHUTDOWN_COMPLETE;
        if (mayReflect && (packet.chunkFlags & REFLECTED) != 0) {
            int other = 1 - direction;
            return !flow.is(Flow.KNOWN << other) || packet.verificationTag == flow.end(other);
        }
        if (!flow.is(Flow.KNOWN << direction)) {
            if (!flow.is(Flow.LOOSE)) {
                return false;
            }
            flow.end(direction, packet.verificationTag);
            flow.set(Flow.KNOWN << direction);
        }
        return packet.verificationTag == flow.end(direction);
    }

    private static void advance(Flow flow, int direction, int chunk) {
        byte further = switch (chunk) {
            case SctpChunks.ABORT, SctpChunks.SHUTDOWN_COMPLETE -> CLOSED;
            case SctpChunks.SHUTDOWN, SctpChunks.SHUTDOWN_ACK -> CLOSING;
            case SctpChunks.COOKIE_ACK -> direction == 1 ? ESTABLISHED : flow.state;
            case SctpChunks.COOKIE_ECHO -> flow.state;
            // Anything else is sent only once the handshake is complete; here it was completed through the peer.
            default -> flow.is(Flow.LOOSE) ? ESTABLISHED : flow.state;
        };
        flow.state = (byte) Math.max(flow.state, further);
    }
}
