/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.host;

/**
 * How a program ended.
 *
 * @param ended false when it could not be started or was killed because its time was over
 * @param exit its exit code; -1 when it did not end by itself
 * @param how in a few words: {@code exit 3}, {@code not finished within 1000 ms}
 * @param output the first line that it wrote, to standard output or standard error; empty when there was none
 */
public record Outcome(boolean ended, int exit, String how, String output) {

    /** Whether it ended by itself with exit code 0. */
    public boolean good() {
        return ended && exit == 0;
    }

    /** For people: how it ended, and what it wrote. */
    @Override
    public String toString() {
        return output.isEmpty() ? how : how + ": " + output;
    }
}
