/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.local;

import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.table.AddressKey;

/** How much each address inside may send: a token bucket for each (RFC 2697 with one bucket). */
final class Bandwidth {

    private static final int IDLE_SECONDS = 60;

    private final long kilobits;
    private final long burst;
    private final Recent<AddressKey, Bucket> buckets;

    /** What an address may still send. */
    private static final class Bucket {

        /** In octets times 8000, so that a microsecond at a thousand bits in a second is 1. */
        private long filled;
        private long micros;

        private Bucket(long filled, long micros) {
            this.filled = filled;
            this.micros = micros;
        }
    }

    /** A limit; 0 for none. */
    Bandwidth(int kilobits, int burst, int most) {
        this.kilobits = kilobits;
        this.burst = burst * 8000L;
        // A bucket must be full again before it is forgotten.
        long full = kilobits == 0 ? 0 : this.burst / kilobits / 1_000_000 + 1;
        buckets = new Recent<>(most, (int) Math.max(IDLE_SECONDS, Math.min(Integer.MAX_VALUE, full)));
    }

    /** Whether there is a limit. */
    boolean limited() {
        return kilobits > 0;
    }

    /** Whether the packet is within the limit of its source; it then counts. */
    boolean within(Packet packet, long now) {
        AddressKey source = new AddressKey(packet.sourceHigh, packet.sourceLow, packet.v6 ? 1 : 0);
        Bucket bucket = buckets.use(source, now, any -> new Bucket(burst, now));
        long passed = Math.min(now - bucket.micros, burst / kilobits + 1);
        bucket.filled = Math.min(burst, bucket.filled + passed * kilobits);
        bucket.micros = now;
        long cost = packet.ipLength() * 8000L;
        if (cost > bucket.filled) {
            return false;
        }
        bucket.filled -= cost;
        return true;
    }

    int size(long now) {
        return buckets.size(now);
    }
}
