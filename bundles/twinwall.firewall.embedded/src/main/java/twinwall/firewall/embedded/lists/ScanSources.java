/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.lists;

import java.util.Arrays;

import twinwall.firewall.embedded.table.AddressKey;

/**
 * The ports that sources tried of late. Room is for 4096 sources and for as many ports of each as count, whoever sends what: sources with
 * the same place compete for it, and the one that has tried the fewest ports goes, of these the one that was
 * seen the longest ago. A flood of forged sources that try a port each does not push out one that tries many. Not safe for threads.
 */
final class ScanSources {

    private static final int WAYS = 4;
    private static final int SETS = 1024;

    private final Source[] sources = new Source[WAYS * SETS];
    private final int mostPorts;
    private final long windowMicros;

    /** Counts up to that many ports of a source within that time. */
    ScanSources(int mostPorts, long windowMicros) {
        this.mostPorts = mostPorts;
        this.windowMicros = windowMicros;
    }

    /** A source tries a port; gives how many distinct ones it has tried within the window, up to the most that count. */
    int tried(boolean v6, long high, long low, int port, long now) {
        int first = set(high, low);
        int worst = first;
        for (int at = first; at < first + WAYS; at++) {
            Source source = sources[at];
            if (source != null && source.is(v6, high, low)) {
                return source.tried(port, now, windowMicros);
            }
            if (sources[worst] != null && (source == null || lighter(source, sources[worst], now))) {
                worst = at;
            }
        }
        Source source = new Source(v6, high, low, mostPorts);
        sources[worst] = source;
        return source.tried(port, now, windowMicros);
    }

    private boolean lighter(Source one, Source other, long now) {
        int difference = one.weight(now, windowMicros) - other.weight(now, windowMicros);
        return difference < 0 || difference == 0 && one.latest < other.latest;
    }

    void forget(boolean v6, long high, long low) {
        int first = set(high, low);
        for (int at = first; at < first + WAYS; at++) {
            if (sources[at] != null && sources[at].is(v6, high, low)) {
                sources[at] = null;
            }
        }
    }

    private static int set(long high, long low) {
        return (AddressKey.hash(high, low, 1) & SETS - 1) * WAYS;
    }

    /** One source and the ports it tried. */
    private static final class Source {

        private final boolean v6;
        private final long high;
        private final long low;
        private final int most;
        private char[] ports = new char[4];
        private long[] times = new long[4];
        private int count;
        private long latest;

        Source(boolean v6, long high, long low, int most) {
            this.v6 = v6;
            this.high = high;
            this.low = low;
            this.most = most;
        }

        boolean is(boolean sixth, long addressHigh, long addressLow) {
            return low == addressLow && high == addressHigh && v6 == sixth;
        }

        /** How much it would be a pity to forget it; 0 when nothing counts any more. */
        int weight(long now, long windowMicros) {
            return now - latest > windowMicros ? 0 : count;
        }

        int tried(int port, long now, long windowMicros) {
            int kept = 0;
            for (int i = 0; i < count; i++) {
                if (ports[i] != port && now - times[i] <= windowMicros) {
                    ports[kept] = ports[i];
                    times[kept++] = times[i];
                }
            }
            count = kept;
            latest = now;
            if (count < most) {
                room();
                ports[count] = (char) port;
                times[count++] = now;
            }
            return count;
        }

        private void room() {
            if (count == ports.length) {
                ports = Arrays.copyOf(ports, count * 2);
                times = Arrays.copyOf(times, count * 2);
            }
        }
    }
}
