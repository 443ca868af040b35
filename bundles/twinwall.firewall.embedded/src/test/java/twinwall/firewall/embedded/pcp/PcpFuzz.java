/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pcp;

import java.util.Arrays;

/** One PCP request of a host inside; the first byte says whether it may ask for others. */
public final class PcpFuzz {

    private PcpFuzz() {
    }

    /** Fails on anything but a request or a {@link PcpRefusedException}. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] message = Arrays.copyOfRange(input, 1, input.length);
        if (PcpRequest.isNoRequest(message)) {
            return;
        }
        try {
            PcpRequest.read(message, 0x0a23000a, (input[0] & 1) == 1);
        } catch (PcpRefusedException e) {
            if (e.result() == null) {
                throw new IllegalStateException("refused without a result", e);
            }
        }
    }
}
