/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.util.Locale;

/** Numbers as people read them: three digits where fewer would mislead, thousands set apart. */
final class Numbers {

    private Numbers() {
    }

    static String text(double number) {
        double size = Math.abs(number);
        if (number == Math.rint(number) && size < 1e15) {
            return String.format(Locale.ROOT, "%,d", (long) number);
        }
        return String.format(Locale.ROOT, size >= 1000 ? "%,.0f" : size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", number);
    }
}
