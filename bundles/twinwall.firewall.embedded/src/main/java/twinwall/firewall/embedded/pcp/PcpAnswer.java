/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pcp;

import java.util.Arrays;

import twinwall.firewall.PcpMapping;
import twinwall.firewall.embedded.packet.Octets;

/** Writes responses (RFC 6887, sections 7.2 and 8.2). None is longer than {@link PcpFormat#MOST}. */
final class PcpAnswer {

    private PcpAnswer() {
    }

    /**
     * An error: the request's own octets, as far as they fit, with the header of a response.
     *
     * @param read whether the request could be read; else the client finds the last 96 bits of its address again
     */
    static byte[] error(byte[] request, PcpResult result, int lifetimeSeconds, long epochSeconds, boolean read) {
        int length = Math.max(PcpFormat.HEADER, Math.min(request.length + 3 & ~3, PcpFormat.MOST));
        byte[] answer = Arrays.copyOf(Arrays.copyOf(request, Math.min(request.length, length)), length);
        header(answer, result, lifetimeSeconds, epochSeconds);
        if (read) {
            Arrays.fill(answer, PcpFormat.RESERVED, PcpFormat.HEADER, (byte) 0);
        }
        return answer;
    }

    /** Success without a mapping: the answer to ANNOUNCE, and to the removal of what there was not. */
    static byte[] success(byte[] request, PcpRequest read, long lifetimeSeconds, long epochSeconds) {
        int data = switch (read.opcode()) {
            case PcpFormat.MAP -> PcpFormat.MAP_END;
            case PcpFormat.PEER -> PcpFormat.PEER_END;
            default -> PcpFormat.HEADER;
        };
        byte[] options = read.options().understood();
        byte[] answer = Arrays.copyOf(Arrays.copyOf(request, data), data + options.length);
        System.arraycopy(options, 0, answer, data, options.length);
        header(answer, PcpResult.SUCCESS, lifetimeSeconds, epochSeconds);
        Arrays.fill(answer, PcpFormat.RESERVED, PcpFormat.HEADER, (byte) 0);
        return answer;
    }

    /** Success with the mapping that the client has now. */
    static byte[] success(byte[] request, PcpRequest read, PcpMapping mapping, long lifetimeSeconds, long epochSeconds) {
        byte[] answer = success(request, read, lifetimeSeconds, epochSeconds);
        Octets.put16(answer, PcpFormat.OUTSIDE_PORT, mapping.outsidePort());
        PcpFormat.putMapped(answer, PcpFormat.OUTSIDE, mapping.outside().bits());
        return answer;
    }

    private static void header(byte[] answer, PcpResult result, long lifetimeSeconds, long epochSeconds) {
        answer[0] = PcpFormat.VERSION;
        answer[1] |= (byte) PcpFormat.RESPONSE;
        answer[2] = 0;
        answer[PcpFormat.RESULT] = (byte) result.ordinal();
        Octets.put32(answer, PcpFormat.LIFETIME, (int) lifetimeSeconds);
        Octets.put32(answer, PcpFormat.EPOCH, (int) epochSeconds);
    }
}
