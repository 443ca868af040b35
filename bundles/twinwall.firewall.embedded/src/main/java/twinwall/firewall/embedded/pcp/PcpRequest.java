/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pcp;

import static twinwall.firewall.embedded.packet.Octets.i32;
import static twinwall.firewall.embedded.packet.Octets.i64;
import static twinwall.firewall.embedded.packet.Octets.u16;
import static twinwall.firewall.embedded.packet.Octets.u8;

import twinwall.firewall.PcpNonce;

/**
 * One request as it was read (RFC 6887, section 8.2). Fields that its opcode does not have are 0.
 *
 * @param opcode ANNOUNCE, MAP or PEER
 * @param lifetimeSeconds asked for
 * @param client who asks
 * @param suggestedPort public port that it would like, 0 for any
 * @param suggestedAddress public address that it would like, 0 for any, {@link #NO_ADDRESS} for one that is not IPv4
 */
record PcpRequest(int opcode, long lifetimeSeconds, int client, PcpNonce nonce, int protocol, int insidePort, int suggestedPort,
        int suggestedAddress, int remotePort, int remoteAddress, PcpOptions options) {

    /** In no pool. */
    static final int NO_ADDRESS = -1;

    /** Whether a message must not be answered at all. */
    static boolean isNoRequest(byte[] bytes) {
        return bytes.length < 2 || (bytes[1] & PcpFormat.RESPONSE) != 0
                || u8(bytes, 0) == PcpFormat.VERSION && bytes.length < PcpFormat.HEADER;
    }

    /**
     * Reads a message.
     *
     * @param source where it came from
     * @throws PcpRefusedException when it is to be answered with an error
     */
    static PcpRequest read(byte[] bytes, int source, boolean thirdPartyAllowed) throws PcpRefusedException {
        if (u8(bytes, 0) != PcpFormat.VERSION) {
            throw new PcpRefusedException(PcpResult.UNSUPP_VERSION);
        }
        must(bytes.length <= PcpFormat.MOST && bytes.length % 4 == 0);
        int opcode = u8(bytes, 1);
        if (opcode > PcpFormat.PEER) {
            throw new PcpRefusedException(PcpResult.UNSUPP_OPCODE);
        }
        int end = opcode == PcpFormat.ANNOUNCE ? PcpFormat.HEADER : opcode == PcpFormat.MAP ? PcpFormat.MAP_END : PcpFormat.PEER_END;
        must(bytes.length >= end);
        if (!PcpFormat.isMapped(bytes, PcpFormat.CLIENT) || PcpFormat.mapped(bytes, PcpFormat.CLIENT) != source) {
            throw new PcpRefusedException(PcpResult.ADDRESS_MISMATCH);
        }
        PcpOptions options = PcpOptions.read(bytes, end, bytes.length, opcode, thirdPartyAllowed);
        long lifetime = i32(bytes, PcpFormat.LIFETIME) & 0xffffffffL;
        if (opcode == PcpFormat.ANNOUNCE) {
            return new PcpRequest(opcode, lifetime, source, null, 0, 0, 0, 0, 0, 0, options);
        }
        boolean peer = opcode == PcpFormat.PEER;
        must(!peer || PcpFormat.isMapped(bytes, PcpFormat.REMOTE));
        return new PcpRequest(opcode, lifetime, source, new PcpNonce(i64(bytes, PcpFormat.NONCE), i32(bytes, PcpFormat.NONCE + 8)),
                u8(bytes, PcpFormat.PROTOCOL), u16(bytes, PcpFormat.INSIDE_PORT), u16(bytes, PcpFormat.OUTSIDE_PORT),
                suggested(bytes),
                peer ? u16(bytes, PcpFormat.REMOTE_PORT) : 0, peer ? PcpFormat.mapped(bytes, PcpFormat.REMOTE) : 0, options);
    }

    private static int suggested(byte[] bytes) {
        if (PcpFormat.isMapped(bytes, PcpFormat.OUTSIDE)) {
            return PcpFormat.mapped(bytes, PcpFormat.OUTSIDE);
        }
        return (i64(bytes, PcpFormat.OUTSIDE) | i64(bytes, PcpFormat.OUTSIDE + 8)) == 0 ? 0 : NO_ADDRESS;
    }

    private static void must(boolean right) throws PcpRefusedException {
        if (!right) {
            throw new PcpRefusedException(PcpResult.MALFORMED_REQUEST);
        }
    }

    /** For whom the mapping is to be. */
    int inside() {
        return options.thirdParty == null ? client : options.thirdParty.bits();
    }
}
