/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import java.security.SecureRandom;

/** A keyed hash of a packet's ends: who does not know the key cannot aim packets at one place of the flow table. */
final class FlowHash {

    private final long key0;
    private final long key1;
    private final long key2;
    private final long key3;
    private final long key4;

    FlowHash() {
        SecureRandom random = new SecureRandom();
        key0 = random.nextLong();
        key1 = random.nextLong();
        key2 = random.nextLong();
        key3 = random.nextLong();
        key4 = random.nextLong() | 1;
    }

    long hash(boolean v6, int protocol, long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, int ports) {
        long hash = mix(sourceLow ^ key0, destinationLow ^ key1);
        if ((sourceHigh | destinationHigh) != 0) {
            hash = mix(hash ^ sourceHigh ^ key2, destinationHigh ^ key3);
        }
        return mix(hash ^ key4, (long) ports << 9 ^ protocol << 1 ^ (v6 ? 1 : 0) ^ key2);
    }

    private static long mix(long a, long b) {
        return a * b ^ Math.multiplyHigh(a, b);
    }
}
