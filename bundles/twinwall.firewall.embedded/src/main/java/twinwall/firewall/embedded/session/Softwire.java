/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import java.security.SecureRandom;

import twinwall.firewall.Ip6;

/**
 * Tells clients apart that have the same private address behind different tunnels (RFC 6333, section 6.6): the high half of an IPv4
 * client's address, which is 0 without a tunnel, holds a hash of the tunnel's far end. The hash is
 * keyed, so that nobody can make two fall together.
 */
public final class Softwire {

    private static final long KEY_0;
    private static final long KEY_1;
    private static final long KEY_2;

    static {
        SecureRandom random = new SecureRandom();
        KEY_0 = random.nextLong();
        KEY_1 = random.nextLong();
        KEY_2 = random.nextLong() | 1;
    }

    private Softwire() {
    }

    /** Never 0. */
    public static long hash(Ip6 farEnd) {
        long a = farEnd.high() ^ KEY_0;
        long b = farEnd.low() ^ KEY_1;
        long hash = a * b ^ Math.multiplyHigh(a, b);
        hash = (hash ^ Long.rotateLeft(farEnd.low(), 32)) * KEY_2 ^ Math.multiplyHigh(hash ^ farEnd.high(), KEY_2);
        return hash == 0 ? 1 : hash;
    }
}
