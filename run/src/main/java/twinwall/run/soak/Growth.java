/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.soak;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * How one firewall's process grew, in its longest life: medians of the samples of a third near the beginning and of the last third. A
 * process that has just started grows by nature, so a life's first samples do not count.
 *
 * @param samples of that life that count
 * @param threadsBefore threads in the first third
 * @param threadsAfter threads in the last
 * @param filesBefore open descriptors in the first third
 * @param filesAfter open descriptors in the last
 * @param liveBefore bytes in use in the heap in the first third, -1: not known
 * @param liveAfter bytes in use in the heap in the last
 * @param residentMost the most memory that it had of the machine in any life, bytes
 */
record Growth(int samples, long threadsBefore, long threadsAfter, long filesBefore, long filesAfter, long liveBefore, long liveAfter,
        long residentMost) {

    /** With fewer nothing is said. */
    static final int LEAST_SAMPLES = 6;
    static final int MOST_THREADS = 30;
    static final int MOST_FILES = 20;
    static final long MOST_BYTES = 24 << 20;

    private static final int YOUNG = 2;

    /** Of all samples of a firewall, in their order. */
    static Growth of(List<Sample> samples) {
        Map<Long, List<Sample>> lives = new LinkedHashMap<>();
        samples.forEach(each -> lives.computeIfAbsent(each.pid(), any -> new ArrayList<>()).add(each));
        List<Sample> longest = lives.values().stream().max((a, b) -> Integer.compare(a.size(), b.size())).orElse(List.of());
        List<Sample> counting = longest.subList(Math.min(YOUNG, longest.size()), longest.size());
        int third = Math.max(1, counting.size() / 3);
        List<Sample> first = counting.subList(0, Math.min(third, counting.size()));
        List<Sample> last = counting.subList(Math.max(0, counting.size() - third), counting.size());
        return new Growth(counting.size(), median(first, Sample::threads), median(last, Sample::threads), median(first, Sample::files),
                median(last, Sample::files), median(first, Sample::liveBytes), median(last, Sample::liveBytes),
                samples.stream().mapToLong(Sample::residentBytes).max().orElse(-1));
    }

    private static long median(List<Sample> samples, ToLongFunction<Sample> of) {
        long[] sorted = samples.stream().mapToLong(of).sorted().toArray();
        return sorted.length == 0 ? -1 : sorted[sorted.length / 2];
    }

    /** Whether it lived long enough to tell. */
    boolean known() {
        return samples >= LEAST_SAMPLES;
    }

    /** What grew more than it may, as half sentences. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (known()) {
            if (threadsAfter - threadsBefore > MOST_THREADS) {
                faults.add("threads grew from " + threadsBefore + " to " + threadsAfter);
            }
            if (filesAfter - filesBefore > MOST_FILES) {
                faults.add("open descriptors grew from " + filesBefore + " to " + filesAfter);
            }
            if (liveAfter - liveBefore > MOST_BYTES) {
                faults.add("the heap in use grew from " + (liveBefore >> 20) + " to " + (liveAfter >> 20) + " MiB");
            }
        }
        return faults;
    }
}
