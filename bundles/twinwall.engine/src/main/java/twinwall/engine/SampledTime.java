/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

/**
 * How long many short calls take together, estimated from a few of them, picked by {@link Chance}. The estimate is the sum over those
 * picked times the average distance (Horvitz-Thompson), its variance that of a Poisson sample.
 * <p>
 * Times are of {@link System#nanoTime}: a thread that is paused within a call would count the pause as work, once in a while and a
 * thousandfold. So each is cut to {@value #MOST_TIMES_MEAN} times the mean of the calls before it. What is cut off is at most what such a
 * rare call really took longer. Any thread.
 */
final class SampledTime {

    private static final int MOST_TIMES_MEAN = 16;
    private static final double LEAST_CUT_NANOS = 20_000;
    private static final double MEMORY = 0.02;

    private final int every;
    private final Chance chance;
    private double meanPerUnit;
    private double sum;
    private double squares;

    /**
     * What has been measured since the beginning.
     *
     * @param nanos estimated, of all calls
     * @param variance of that estimate
     */
    record Reading(double nanos, double variance) {

        Reading plus(Reading other) {
            return new Reading(nanos + other.nanos, variance + other.variance);
        }

        Reading minus(Reading earlier) {
            return new Reading(nanos - earlier.nanos, variance - earlier.variance);
        }
    }

    /** Times one in {@code every} calls on average, as {@link #due} or a {@link Chance} of the caller's own says. */
    SampledTime(int every) {
        this.every = every;
        this.chance = new Chance(every);
    }

    /** Whether this call is to be timed. */
    boolean due() {
        return chance.picks();
    }

    /** A call that was picked took so long, for so many changes. */
    synchronized void add(long nanos, int units) {
        double perUnit = Math.min((double) nanos / Math.max(1, units), Math.max(LEAST_CUT_NANOS, MOST_TIMES_MEAN * meanPerUnit));
        meanPerUnit += (perUnit - meanPerUnit) * MEMORY;
        double counted = perUnit * Math.max(1, units);
        sum += counted;
        squares += counted * counted;
    }

    synchronized Reading reading() {
        return new Reading(every * sum, every * (every * squares));
    }
}
