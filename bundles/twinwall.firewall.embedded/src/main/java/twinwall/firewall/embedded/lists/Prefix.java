/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.lists;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

import twinwall.firewall.AddressPrefix;
import twinwall.firewall.embedded.packet.Octets;

/**
 * An address prefix, IPv4 or IPv6.
 *
 * @param v6 IPv6
 * @param high the first eight octets, 0 for IPv4
 * @param low the last eight octets, or the four of IPv4
 * @param length leading bits that count
 */
public record Prefix(boolean v6, long high, long low, int length) {

    /** Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or a single address. Names are not looked up. */
    public static Prefix parse(String text) {
        int slash = text.indexOf('/');
        byte[] octets = octets(slash < 0 ? text : text.substring(0, slash));
        int all = octets.length * 8;
        int length = slash < 0 ? all : number(text, text.substring(slash + 1), all);
        return of(octets, length);
    }

    /** Reads IPv4 and IPv6 prefixes separated by commas. */
    public static List<Prefix> list(String text) {
        List<Prefix> all = new ArrayList<>();
        for (String part : text.split(",")) {
            if (!part.isBlank()) {
                all.add(parse(part.trim()));
            }
        }
        return all;
    }

    /**
     * A prefix of an entry.
     *
     * @throws IllegalArgumentException when it is longer than the address
     */
    public static Prefix of(AddressPrefix prefix) {
        byte[] octets = prefix.address().getAddress();
        if (prefix.length() < 0 || prefix.length() > octets.length * 8) {
            throw new IllegalArgumentException("made of prefixes of at most " + octets.length * 8 + " bits, unlike " + prefix);
        }
        return of(octets, prefix.length());
    }

    private static Prefix of(byte[] octets, int length) {
        return octets.length == 4 ? new Prefix(false, 0, Octets.i32(octets, 0) & 0xffffffffL, length)
                : new Prefix(true, Octets.i64(octets, 0), Octets.i64(octets, 8), length);
    }

    /** Reads IPv4 prefixes separated by commas. */
    public static List<Prefix> list4(String text) {
        List<Prefix> all = list(text);
        if (all.stream().anyMatch(Prefix::v6)) {
            throw new IllegalArgumentException("IPv4 prefixes, unlike " + text);
        }
        return all;
    }

    /** Whether the address lies in it. */
    public boolean contains(boolean sixth, long addressHigh, long addressLow) {
        if (sixth != v6) {
            return false;
        }
        if (!v6) {
            return length == 0 || (addressLow ^ low) >>> 32 - length == 0;
        }
        if (length <= 64) {
            return length == 0 || (addressHigh ^ high) >>> 64 - length == 0;
        }
        return addressHigh == high && (addressLow ^ low) >>> 128 - length == 0;
    }

    /** Whether the address lies in it. */
    public boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        return octets.length == 4 ? contains(false, 0, Octets.i32(octets, 0) & 0xffffffffL)
                : contains(true, Octets.i64(octets, 0), Octets.i64(octets, 8));
    }

    /** Reads an address. Names are not looked up. */
    public static InetAddress address(String text) {
        try {
            return InetAddress.getByAddress(octets(text));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets or sixteen are an address", e);
        }
    }

    /** Reads an address, four octets or sixteen. Names are not looked up. */
    public static byte[] octets(String text) {
        boolean colons = text.indexOf(':') >= 0;
        boolean literal = colons ? text.matches("[0-9a-fA-F:.]+") : text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
        try {
            if (literal) {
                byte[] octets = InetAddress.getByName(text).getAddress();
                if (octets.length == (colons ? 16 : 4)) {
                    return octets;
                }
            }
        } catch (UnknownHostException expected) {
            // told below
        }
        throw new IllegalArgumentException("made of addresses, unlike " + text);
    }

    private static int number(String text, String digits, int most) {
        if (digits.matches("[0-9]{1,3}") && Integer.parseInt(digits) <= most) {
            return Integer.parseInt(digits);
        }
        throw new IllegalArgumentException("made of prefixes of at most " + most + " bits, unlike " + text);
    }
}
