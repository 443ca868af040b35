/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.rule;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

import twinwall.firewall.embedded.lists.Prefix;
import twinwall.firewall.embedded.nat.PortRange;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.Protocols;

/**
 * One rule of the list.
 *
 * @param number 1 for the first
 * @param allow or deny
 * @param from zone number
 * @param to zone number
 * @param protocol -1 for any
 * @param source {@code null} for any
 * @param destination {@code null} for any
 * @param ports destination ports, {@code null} for any
 * @param user who must be online at the source, {@code null} when nobody need be
 */
public record Rule(int number, boolean allow, int from, int to, int protocol, Prefix source, Prefix destination, PortRange ports,
        UserCondition user) {

    static Rule parse(int number, String text) {
        Deque<String> words = new ArrayDeque<>(Arrays.asList(text.replace("->", " -> ").trim().split("\\s+")));
        String action = words.poll();
        if (!"allow".equals(action) && !"deny".equals(action)) {
            throw new IllegalArgumentException("rules that begin with allow or deny, unlike '" + text.trim() + "'");
        }
        if (words.size() < 3) {
            throw unlike(text);
        }
        int from = Zone.parse(words.poll());
        if (!"->".equals(words.poll())) {
            throw unlike(text);
        }
        int to = Zone.parse(words.poll());
        int protocol = protocol(words);
        Prefix source = null;
        if ("from".equals(words.peek())) {
            words.poll();
            source = prefix(words, text);
        }
        boolean anyDestination = words.isEmpty() || "port".equals(words.peek()) || "user".equals(words.peek());
        Prefix destination = anyDestination ? null : prefix(words, text);
        PortRange ports = null;
        if ("port".equals(words.peek()) && words.size() >= 2) {
            words.poll();
            ports = PortRange.parse(words.poll());
        }
        UserCondition user = null;
        if ("user".equals(words.peek())) {
            words.poll();
            user = UserCondition.parse(words);
            if (user == null) {
                throw unlike(text);
            }
        }
        if (!words.isEmpty() || ports != null && !hasPorts(protocol)) {
            throw unlike(text);
        }
        return new Rule(number, "allow".equals(action), from, to, protocol, source, destination, ports, user);
    }

    /** Whether it is about such a packet, whoever sends it. */
    boolean matches(int zoneBefore, int zoneAfter, Packet packet) {
        return (from == Zone.ANY || from == zoneBefore) && (to == Zone.ANY || to == zoneAfter)
                && (protocol < 0 || protocol == packet.protocol)
                && (source == null || source.contains(packet.v6, packet.sourceHigh, packet.sourceLow))
                && (destination == null || destination.contains(packet.v6, packet.destinationHigh, packet.destinationLow))
                && (ports == null || ports.contains(packet.destinationPort()));
    }

    /** Whether it is about every packet. */
    boolean isCatchAll() {
        return from == Zone.ANY && to == Zone.ANY && protocol < 0 && source == null && destination == null && user == null;
    }

    private static int protocol(Deque<String> words) {
        String word = words.peek();
        if (word == null) {
            return -1;
        }
        int number = word.matches("[0-9]{1,3}") && Integer.parseInt(word) < 256 ? Integer.parseInt(word) : Protocols.number(word);
        if (number >= 0) {
            words.poll();
        }
        return number;
    }

    private static Prefix prefix(Deque<String> words, String text) {
        if (words.isEmpty()) {
            throw unlike(text);
        }
        return Prefix.parse(words.poll());
    }

    private static boolean hasPorts(int protocol) {
        return protocol == Protocols.TCP || protocol == Protocols.UDP || protocol == Protocols.SCTP;
    }

    private static IllegalArgumentException unlike(String text) {
        return new IllegalArgumentException("rules such as 'allow outside->inside tcp 198.51.100.0/24 port 443', unlike '"
                + text.trim() + "'");
    }
}
