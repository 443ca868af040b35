/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.pair;

import java.io.IOException;
import java.util.List;

/** A firewall that packets are sent through, in this process or in another one. For one thread. */
public interface PacketPath {

    /**
     * Sends one packet and waits for what becomes of it.
     *
     * @param timeMicros when it comes, microseconds since 1970; of a firewall with a clock of its own that counts instead
     * @param side number of the interface: 0 inside, 1 outside
     * @param frame an Ethernet frame; may be changed
     * @throws IOException when the firewall is gone
     */
    Passage send(long timeMicros, int side, byte[] frame) throws IOException;

    /**
     * Sends one packet now, and waits for what becomes of it.
     *
     * @param side number of the interface
     * @param frame an Ethernet frame; may be changed
     * @throws IOException when the firewall is gone
     */
    default Passage send(int side, byte[] frame) throws IOException {
        return send(System.currentTimeMillis() * 1000, side, frame);
    }

    /**
     * What became of a packet.
     *
     * @param forwarded whether it goes on
     * @param reason why it was dropped, for example {@code no-session}, empty when it was forwarded
     * @param egress interface it leaves by, -1 when it was dropped
     * @param frames as it came out, in fragments when it had to be cut; none when it was dropped
     */
    record Passage(boolean forwarded, String reason, int egress, List<byte[]> frames) {

        /** The frame that came out, or the first of them; null when it was dropped. */
        public byte[] frame() {
            return frames.isEmpty() ? null : frames.get(0);
        }
    }
}
