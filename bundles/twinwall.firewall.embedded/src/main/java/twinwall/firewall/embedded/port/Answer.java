/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.port;

import java.util.List;

/**
 * What became of a packet sent through a packet port.
 *
 * @param forwarded whether it goes on
 * @param egress interface it leaves by; -1 for a dropped one, {@link twinwall.firewall.embedded.Verdict#FLOODED} when it leaves by all
 *     inside ports but the one it came in by
 * @param reason label of the drop reason, for example {@code no-session}; {@code redirected} for one that the peer gets to forward; empty
 *     for a forwarded one
 * @param frames the frames that leave, one unless the packet had to be cut into fragments; none for a dropped one
 * @param number of the packet among those posted on this connection, from 1; 0 for what leaves on its own
 * @param held nothing yet: the packet waits, and another answer with this number tells what became of it
 */
public record Answer(boolean forwarded, int egress, String reason, List<byte[]> frames, long number, boolean held) {

    /** The frame that leaves, or the first of them; empty for a dropped one. */
    public byte[] frame() {
        return frames.isEmpty() ? new byte[0] : frames.get(0);
    }
}
