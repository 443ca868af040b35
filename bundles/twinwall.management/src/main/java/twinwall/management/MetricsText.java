/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

/** Builds Prometheus text format 0.0.4: a family's HELP and TYPE once, then its samples. A family without samples is left out. */
final class MetricsText {

    private static final String PREFIX = "twinwall_";

    private final StringBuilder text = new StringBuilder();
    private String family;
    private String head;

    MetricsText gauge(String name, String help) {
        return begin(name, "gauge", help);
    }

    MetricsText counter(String name, String help) {
        return begin(name, "counter", help);
    }

    private MetricsText begin(String name, String type, String help) {
        family = PREFIX + name;
        head = "# HELP " + family + " " + help + "\n# TYPE " + family + " " + type + "\n";
        return this;
    }

    /** Adds a sample of the family begun last; labels are name, value, name, value... */
    void sample(double value, String... labels) {
        text.append(head).append(family);
        head = "";
        for (int i = 0; i < labels.length; i += 2) {
            text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"").append(escaped(labels[i + 1])).append('"');
        }
        text.append(labels.length > 0 ? "} " : " ");
        // Whole numbers as such: a counter of bytes must not lose digits to an exponent.
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            text.append((long) value);
        } else {
            text.append(value);
        }
        text.append('\n');
    }

    private static String escaped(String value) {
        return String.valueOf(value).replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
