/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.report;

import java.util.ArrayList;
import java.util.List;

/** Text as a terminal shows it: wrapped, and with the escape sequences of ANSI terminals where they are wanted. */
public final class Paragraph {

    private static final int WIDTH = 92;

    private Paragraph() {
    }

    /** Breaks a text at blanks into lines of at most 92 columns; a longer word has a line of its own. At least one line. */
    public static List<String> wrap(String text) {
        List<String> wrapped = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH) {
                wrapped.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        wrapped.add(line.toString());
        return wrapped;
    }

    /** Bold where colour is wanted. */
    public static String bold(String text, boolean colour) {
        return escape("1", text, colour);
    }

    /** Bold red where colour is wanted. */
    public static String red(String text, boolean colour) {
        return escape("1;31", text, colour);
    }

    /** Bold green where colour is wanted. */
    public static String green(String text, boolean colour) {
        return escape("1;32", text, colour);
    }

    private static String escape(String code, String text, boolean colour) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** A number with its noun: {@code 1 packet}, {@code 2 packets}. */
    public static String count(long number, String singular) {
        return count(number, singular, singular + "s");
    }

    /** A number with its noun, whose plural is irregular: {@code 1 entry}, {@code 2 entries}. */
    public static String count(long number, String singular, String plural) {
        return number + " " + (number == 1 ? singular : plural);
    }
}
