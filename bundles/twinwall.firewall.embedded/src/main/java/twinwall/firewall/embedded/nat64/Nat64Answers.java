/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat64;

import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.Frame;
import twinwall.firewall.embedded.packet.AnswerAllowance;
import twinwall.firewall.embedded.packet.IcmpAnswer;
import twinwall.firewall.embedded.packet.Packet;

/** Tells senders why their packets do not cross (RFC 7915, sections 4, 5 and 5.1), as far as errors may be sent at all. */
final class Nat64Answers {

    private static final int MOST_PER_SECOND = 100;

    private final Crossing crossing;
    private final Nat64Prefix prefix;
    private final int own;
    private final AnswerAllowance allowance = new AnswerAllowance(MOST_PER_SECOND);

    /** {@code own}: the firewall's IPv4 address, under which, behind the prefix, it is known in IPv6 too. */
    Nat64Answers(Crossing crossing, Nat64Prefix prefix, int own) {
        this.crossing = crossing;
        this.prefix = prefix;
        this.own = own;
    }

    /** Puts the answer into the frame; {@code false}, and the frame as it was, when there is none. */
    boolean answer(DropReason reason, Packet packet, Frame frame, long now) {
        if (!IcmpAnswer.allowed(packet)) {
            return false;
        }
        long message = packet.v6 ? message6(reason, packet) : message4(reason, packet);
        if (message < 0 || !allowance.take(now)) {
            return false;
        }
        long high = packet.v6 ? prefix.embeddedHigh(own) : 0;
        long low = packet.v6 ? prefix.embeddedLow(own) : packet.destinationLow;
        int start = packet.bytes == frame.bytes ? frame.offset : 0;
        frame.set(IcmpAnswer.to(packet, start, (int) (message >>> 40), (int) (message >>> 32 & 0xff), (int) message, high, low));
        return true;
    }

    private long message6(DropReason reason, Packet packet) {
        return switch (reason) {
            case PACKET_TOO_BIG -> IcmpErrors.message(2, 0, crossing.mtuBefore(packet));
            case HOP_LIMIT -> IcmpErrors.message(3, 0, 0);
            case SOURCE_ROUTE -> IcmpErrors.message(4, 0, crossing.segmentsLeftAt() - packet.ip);
            default -> IcmpErrors.NONE;
        };
    }

    private long message4(DropReason reason, Packet packet) {
        return switch (reason) {
            case PACKET_TOO_BIG -> IcmpErrors.message(3, 4, crossing.mtuBefore(packet));
            case HOP_LIMIT -> IcmpErrors.message(11, 0, 0);
            default -> IcmpErrors.NONE;
        };
    }
}
