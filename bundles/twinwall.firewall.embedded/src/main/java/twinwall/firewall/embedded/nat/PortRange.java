/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

/**
 * Ports, both ends included.
 *
 * @param first 0 to 65535
 * @param last not below the first
 */
public record PortRange(int first, int last) {

    /** Every port and every ICMP identifier. */
    public static final PortRange ALL = new PortRange(0, 65535);

    /** Reads {@code 443} or {@code 1024-65535}. */
    public static PortRange parse(String text) {
        String[] ends = text.trim().split("-", -1);
        if (ends.length <= 2 && ends[0].trim().matches("[0-9]{1,5}") && ends[ends.length - 1].trim().matches("[0-9]{1,5}")) {
            PortRange range = new PortRange(Integer.parseInt(ends[0].trim()), Integer.parseInt(ends[ends.length - 1].trim()));
            if (range.first <= range.last && range.last <= 65535) {
                return range;
            }
        }
        throw new IllegalArgumentException("a port or a range such as 1024-65535, unlike " + text);
    }

    /** Whether the port is among them. */
    public boolean contains(int port) {
        return port >= first && port <= last;
    }

    /** How many there are. */
    public int size() {
        return last - first + 1;
    }
}
