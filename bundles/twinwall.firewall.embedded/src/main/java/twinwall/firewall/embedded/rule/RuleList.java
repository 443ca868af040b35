/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.rule;

import java.util.ArrayList;
import java.util.List;

import twinwall.firewall.embedded.packet.Packet;

/**
 * Who may begin a session. The first rule that matches decides; when none does, nobody may. Packets of a session are not asked about again.
 * <pre>
 * rules = rule { ";" rule }
 * rule  = ("allow" | "deny") zone "-&gt;" zone [protocol] ["from" prefix] [prefix] ["port" port ["-" port]]
 * zone  = "inside" | "outside" | "any"
 * protocol = "tcp" | "udp" | "icmp" | "icmpv6" | "sctp" | number
 * </pre>
 * The bare prefix is the destination; {@code port} is the destination's and needs tcp, udp or sctp.
 */
public final class RuleList {

    private static final int MOST = 65535;

    private final Rule[] rules;

    private RuleList(List<Rule> rules) {
        this.rules = rules.toArray(new Rule[0]);
    }

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException when it cannot; the message says what it must be
     */
    public static RuleList parse(String text) {
        List<Rule> rules = new ArrayList<>();
        for (String rule : text.split(";")) {
            if (!rule.isBlank()) {
                rules.add(Rule.parse(rules.size() + 1, rule));
            }
        }
        if (rules.size() > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " rules");
        }
        return new RuleList(rules);
    }

    /** The number of the rule that allows the packet to begin a session, 0 when it may not. */
    public int allowing(int zoneBefore, int zoneAfter, Packet packet) {
        for (Rule rule : rules) {
            if (rule.matches(zoneBefore, zoneAfter, packet)) {
                return rule.allow() ? rule.number() : 0;
            }
        }
        return 0;
    }
}
