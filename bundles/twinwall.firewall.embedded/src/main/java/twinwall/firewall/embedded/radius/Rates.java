/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.radius;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/** How much each client sends: so many requests a second, and as many at once. Remembers some clients, the latest. Not safe for threads. */
final class Rates {

    private static final int MOST_CLIENTS = 4096;
    private static final double MICROS_PER_SECOND = 1e6;

    private final int perSecond;
    private final Map<InetAddress, Bucket> clients = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Bucket> eldest) {
            return size() > MOST_CLIENTS;
        }
    };

    private static final class Bucket {

        private double tokens;
        private long filled;
    }

    Rates(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Whether the client may send another request now. */
    boolean allows(InetAddress client, long nowMicros) {
        Bucket bucket = clients.get(client);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.tokens = perSecond;
            bucket.filled = nowMicros;
            clients.put(client, bucket);
        }
        long passed = Math.max(0, nowMicros - bucket.filled);
        bucket.filled = Math.max(bucket.filled, nowMicros);
        bucket.tokens = Math.min(perSecond, bucket.tokens + passed * (perSecond / MICROS_PER_SECOND));
        if (bucket.tokens < 1) {
            return false;
        }
        bucket.tokens--;
        return true;
    }
}
