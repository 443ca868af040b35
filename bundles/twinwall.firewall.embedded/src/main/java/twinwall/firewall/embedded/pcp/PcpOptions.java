/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pcp;

import static twinwall.firewall.embedded.packet.Octets.u16;
import static twinwall.firewall.embedded.packet.Octets.u8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

import twinwall.firewall.Ip4;
import twinwall.firewall.PcpFilter;

/** The options of one request (RFC 6887, sections 7.3 and 13). Those that are understood are sent back as they came. */
final class PcpOptions {

    private static final int FILTER_LENGTH = 20;
    private static final int MAPPED_BITS = 96;

    /** For whom the client asks; {@code null}: for itself. */
    Ip4 thirdParty;
    boolean preferFailure;
    /** Whether the filters that the mapping had go. */
    boolean clearsFilters;
    final List<PcpFilter> filters = new ArrayList<>();
    private final ByteArrayOutputStream understood = new ByteArrayOutputStream(0);

    private PcpOptions() {
    }

    /**
     * Reads all options between two offsets. The message has at most {@link PcpFormat#MOST} octets, so there are at most 270.
     *
     * @param thirdPartyAllowed whether that option is known here
     */
    static PcpOptions read(byte[] bytes, int from, int to, int opcode, boolean thirdPartyAllowed) throws PcpRefusedException {
        PcpOptions options = new PcpOptions();
        int at = from;
        while (at < to) {
            int length = u16(bytes, at + 2);
            int next = at + 4 + (length + 3 & ~3);
            if (next > to) {
                throw new PcpRefusedException(PcpResult.MALFORMED_OPTION);
            }
            if (options.takes(bytes, at, length, opcode, thirdPartyAllowed)) {
                options.understood.write(bytes, at, next - at);
            }
            at = next;
        }
        return options;
    }

    private boolean takes(byte[] bytes, int at, int length, int opcode, boolean thirdPartyAllowed) throws PcpRefusedException {
        int code = u8(bytes, at);
        if (code >= PcpFormat.OPTIONAL) {
            return false;
        }
        if (code == PcpFormat.THIRD_PARTY && thirdPartyAllowed) {
            must(opcode != PcpFormat.ANNOUNCE && length == 16 && thirdParty == null && PcpFormat.isMapped(bytes, at + 4));
            thirdParty = new Ip4(PcpFormat.mapped(bytes, at + 4));
        } else if (code == PcpFormat.PREFER_FAILURE) {
            must(opcode == PcpFormat.MAP && length == 0 && !preferFailure);
            preferFailure = true;
        } else if (code == PcpFormat.FILTER) {
            must(opcode == PcpFormat.MAP && length == FILTER_LENGTH);
            filter(bytes, at + 4);
        } else {
            throw new PcpRefusedException(PcpResult.UNSUPP_OPTION);
        }
        return true;
    }

    private void filter(byte[] bytes, int at) throws PcpRefusedException {
        int bits = u8(bytes, at + 1);
        if (bits == 0) {
            clearsFilters = true;
            filters.clear();
            return;
        }
        must(bits >= MAPPED_BITS && bits <= MAPPED_BITS + 32 && PcpFormat.isMapped(bytes, at + 4));
        PcpFilter filter = new PcpFilter(new Ip4(PcpFormat.mapped(bytes, at + 4)), bits - MAPPED_BITS, u16(bytes, at + 2));
        if (!filters.contains(filter)) {
            filters.add(filter);
        }
    }

    private static void must(boolean right) throws PcpRefusedException {
        if (!right) {
            throw new PcpRefusedException(PcpResult.MALFORMED_OPTION);
        }
    }

    /** The octets of those that are understood, padding included. */
    byte[] understood() {
        return understood.toByteArray();
    }
}
