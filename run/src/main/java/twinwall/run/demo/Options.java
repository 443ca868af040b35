/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import java.nio.file.Path;

/**
 * What the user asked for.
 *
 * @param keep folder for configuration and logs; null for one that is removed
 * @param killAtOnce do not wait until FW_B has everything
 */
record Options(Path capture, FailPoint failAt, boolean quickBackup, boolean translate, boolean killAtOnce, Path keep) {

    /** Where FW_A is killed: a number of packets, or a share of the capture. */
    record FailPoint(long number, boolean percent) {

        /** Reads {@code 412} or {@code 50%}. */
        static FailPoint parse(String text) {
            boolean percent = text.endsWith("%");
            String digits = percent ? text.substring(0, text.length() - 1) : text;
            if (!digits.matches("[0-9]{1,18}") || percent && Long.parseLong(digits) > 100) {
                throw new IllegalArgumentException("'" + text + "' must be a number of packets (0 or more) or 0% to 100%");
            }
            return new FailPoint(Long.parseLong(digits), percent);
        }

        /** How many packets go through FW_A; never more than there are. */
        int in(int packets) {
            return (int) (percent ? packets * number / 100 : Math.min(number, packets));
        }
    }
}
