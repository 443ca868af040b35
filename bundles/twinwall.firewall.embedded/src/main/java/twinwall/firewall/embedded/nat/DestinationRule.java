/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

import twinwall.firewall.embedded.lists.AddressRange;
import twinwall.firewall.embedded.lists.Ip4Range;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.session.Flow;

/**
 * One rule of destination NAT: destinations that are mapped to a pool of addresses inside.
 * <pre>
 * rules = rule { ";" rule }
 * rule  = [protocol] range ["port" ports] "-&gt;" pool ["port" port] ["ttl" seconds]
 * protocol = "tcp" | "udp" | "icmp" | "sctp" | number
 * range = IPv4 address, prefix or first "-" last;  pool = ranges separated by ","
 * </pre>
 * Ports, those of the destination and the first one inside, need tcp or udp. Without a port behind the pool the port stays as it is.
 *
 * @param number 1 for the first
 * @param protocol -1 for any
 * @param destinations where clients send to
 * @param ports where clients send to; {@code null} for any
 * @param pool addresses inside, at most 1024
 * @param realPort the port inside that the first of {@code ports} is mapped to; -1 when ports stay as they are
 * @param ttlSeconds how long a client keeps its address inside after its last session
 */
record DestinationRule(int number, int protocol, Ip4Range destinations, PortRange ports, AddressPool pool, int realPort, int ttlSeconds) {

    private static final int DEFAULT_TTL_SECONDS = 300;
    private static final int MOST_TTL_SECONDS = 7 * 24 * 3600;
    private static final int MOST_ADDRESSES = 1024;
    private static final int MOST_RULES = 1024;

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException when it cannot; the message says what it must be
     */
    static List<DestinationRule> list(String text) {
        List<DestinationRule> rules = new ArrayList<>();
        for (String rule : text.split(";")) {
            if (!rule.isBlank()) {
                rules.add(parse(rules.size() + 1, rule.trim()));
            }
        }
        if (rules.size() > MOST_RULES) {
            throw new IllegalArgumentException("at most " + MOST_RULES + " rules");
        }
        return rules;
    }

    private static DestinationRule parse(int number, String text) {
        String[] sides = text.split("->", -1);
        if (sides.length != 2) {
            throw unlike(text);
        }
        Deque<String> words = words(sides[0]);
        int protocol = protocol(words);
        if (words.isEmpty()) {
            throw unlike(text);
        }
        Ip4Range destinations = Ip4Range.parse(words.poll());
        String portText = option(words, "port");
        PortRange ports = portText == null ? null : PortRange.parse(portText);
        Deque<String> inside = words(sides[1].replace(",", " , "));
        StringBuilder pool = new StringBuilder();
        while (!inside.isEmpty() && !inside.peek().equals("port") && !inside.peek().equals("ttl")) {
            pool.append(inside.poll());
        }
        String real = option(inside, "port");
        String ttl = option(inside, "ttl");
        int[] addresses = AddressRange.list(pool.toString());
        boolean hasPorts = protocol == Protocols.TCP || protocol == Protocols.UDP;
        if (!words.isEmpty() || !inside.isEmpty() || addresses.length == 0 || addresses.length > MOST_ADDRESSES
                || !hasPorts && ports != null || ports == null && real != null) {
            throw unlike(text);
        }
        int realPort = real == null ? -1 : PortRange.parse(real).first();
        if (realPort + (ports == null ? 0 : ports.size()) > PortRange.ALL.size()) {
            throw unlike(text);
        }
        return new DestinationRule(number, protocol, destinations, ports,
                new AddressPool(DestinationSettings.RULES, addresses), realPort, seconds(ttl, text));
    }

    private static Deque<String> words(String text) {
        return new ArrayDeque<>(Arrays.asList(text.trim().split("\\s+")));
    }

    private static int protocol(Deque<String> words) {
        int known = words.isEmpty() ? -1 : Protocols.number(words.peek());
        if (known < 0 && !words.isEmpty() && words.peek().matches("[0-9]{1,3}") && Integer.parseInt(words.peek()) < 256) {
            known = Integer.parseInt(words.peek());
        }
        if (known >= 0) {
            words.poll();
        }
        return known;
    }

    private static String option(Deque<String> words, String name) {
        if (words.size() < 2 || !words.peek().equals(name)) {
            return null;
        }
        words.poll();
        return words.poll();
    }

    private static int seconds(String ttl, String text) {
        if (ttl == null) {
            return DEFAULT_TTL_SECONDS;
        }
        if (!ttl.matches("[0-9]{1,6}") || Integer.parseInt(ttl) < 1 || Integer.parseInt(ttl) > MOST_TTL_SECONDS) {
            throw unlike(text);
        }
        return Integer.parseInt(ttl);
    }

    private static IllegalArgumentException unlike(String text) {
        return new IllegalArgumentException("rules such as 'tcp 203.0.113.80 port 80 -> 10.0.0.10-10.0.0.13 port 8080 ttl 300', unlike '"
                + text + "'");
    }

    boolean matches(Packet packet) {
        return matches(packet.protocol, packet.destinationLow, packet.destinationPort());
    }

    boolean matches(Flow flow) {
        return matches(flow.protocolNumber(), flow.serverLow, flow.ports & 0xffff);
    }

    boolean matches(int its, long address, int port) {
        return (protocol < 0 || protocol == its) && destinations.contains(address) && (ports == null || ports.contains(port));
    }

    /** The port inside for a port of the destination. */
    int realPort(int port) {
        return realPort < 0 ? port : realPort + port - ports.first();
    }
}
