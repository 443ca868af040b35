/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.command;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;

import twinwall.firewall.embedded.lists.Prefix;
import twinwall.firewall.embedded.packet.Octets;
import twinwall.firewall.embedded.packet.Protocols;

/**
 * The arguments of a command, as a user wrote them. An argument that is missing, unknown or cannot be used is an {@link
 * IllegalArgumentException} whose message names command and argument and says what it must be.
 */
public final class Arguments {

    private final String command;
    private final Map<String, String> given;

    /**
     * Arguments of which only these may be given.
     *
     * @param command for messages, for example {@code blacklist add}
     */
    public Arguments(String command, Map<String, String> given, String... known) {
        this.command = command;
        this.given = given;
        TreeSet<String> unknown = new TreeSet<>(given.keySet());
        unknown.removeAll(List.of(known));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(command + ": takes " + (known.length == 0 ? "no arguments" : String.join(", ", known))
                    + ", not " + String.join(", ", unknown));
        }
    }

    /** Whether it was given, and is not blank. */
    public boolean has(String name) {
        String text = given.get(name);
        return text != null && !text.isBlank();
    }

    /** A text that must be given. */
    public String text(String name) {
        if (!has(name)) {
            throw new IllegalArgumentException(command + ": " + name + " is missing");
        }
        return given.get(name).trim();
    }

    /** A text that may be left out. */
    public String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    /** A whole number from {@code least} to {@code most}. */
    public int number(String name, int least, int most) {
        String text = text(name);
        if (text.matches("[0-9]{1,10}") && Long.parseLong(text) >= least && Long.parseLong(text) <= most) {
            return Integer.parseInt(text);
        }
        throw unlike(name, least + " to " + most);
    }

    /** A whole number that may be left out. */
    public int number(String name, int least, int most, int otherwise) {
        return has(name) ? number(name, least, most) : otherwise;
    }

    /** A whole number that may be left out. */
    public OptionalInt optionalNumber(String name, int least, int most) {
        return has(name) ? OptionalInt.of(number(name, least, most)) : OptionalInt.empty();
    }

    /** An IPv4 or IPv6 address; names are not looked up. */
    public InetAddress address(String name) {
        String text = text(name);
        try {
            return Prefix.address(text);
        } catch (IllegalArgumentException e) {
            throw unlike(name, "an IPv4 or IPv6 address");
        }
    }

    /** The bits of an IPv4 address. */
    public int address4(String name) {
        byte[] octets = address(name).getAddress();
        if (octets.length != 4) {
            throw unlike(name, "an IPv4 address");
        }
        return Octets.i32(octets, 0);
    }

    /** An IP protocol by name or number, 0 to 255; 0 when left out. */
    public int protocol(String name) {
        int known = has(name) ? Protocols.number(text(name).toLowerCase(Locale.ROOT)) : 0;
        return known >= 0 ? known : number(name, 0, 255);
    }

    /** One of an enum's constants, written in lower case with hyphens. */
    public <T extends Enum<T>> T choice(String name, Class<T> type, T otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        List<String> all = Arrays.stream(type.getEnumConstants()).map(Arguments::written).toList();
        int at = all.indexOf(text(name).toLowerCase(Locale.ROOT));
        if (at < 0) {
            throw unlike(name, "one of " + String.join(", ", all));
        }
        return type.getEnumConstants()[at];
    }

    /** Says that an argument cannot be used. */
    public IllegalArgumentException unlike(String name, String must) {
        return new IllegalArgumentException(command + ": " + name + " must be " + must + ", unlike " + given.get(name));
    }

    /** Says that there is no such verb. */
    public static IllegalArgumentException noVerb(String command, String verb, Map<String, String> verbs) {
        return new IllegalArgumentException(command + ": knows " + String.join(", ", new TreeSet<>(verbs.keySet())) + ", not " + verb);
    }

    /** An enum's constant as users write it. */
    public static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
