/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record;

/**
 * An Ethernet address. Six bytes in an entry.
 *
 * @param bits the first octet in bits 40 to 47; the upper 16 bits are 0
 */
public record MacAddress(@Fixed(6) long bits) {

    private static final int OCTETS = 6;

    /** Refuses more than 48 bits. */
    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("A MAC address has 48 bits: 0x" + Long.toHexString(bits));
        }
    }

    /** Reads six octets in hexadecimal with colons or hyphens between them, as {@code 00:00:5e:00:53:01}. */
    public static MacAddress parse(String text) {
        String[] octets = text.split("[:-]", -1);
        if (octets.length != OCTETS) {
            throw new IllegalArgumentException("Not a MAC address: " + text);
        }
        long bits = 0;
        for (String octet : octets) {
            if (!octet.matches("[0-9a-fA-F]{2}")) {
                throw new IllegalArgumentException("Not a MAC address: " + text);
            }
            bits = bits << 8 | Integer.parseInt(octet, 16);
        }
        return new MacAddress(bits);
    }

    /** Hexadecimal with colons, as {@code 00:00:5e:00:53:01}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(17);
        for (int shift = 40; shift >= 0; shift -= 8) {
            int octet = (int) (bits >>> shift) & 0xff;
            text.append(Character.forDigit(octet >>> 4, 16)).append(Character.forDigit(octet & 0xf, 16));
            if (shift > 0) {
                text.append(':');
            }
        }
        return text.toString();
    }
}
