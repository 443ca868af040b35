/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import twinwall.firewall.embedded.packet.Packet;

/**
 * Who may begin a session. The first rule that matches decides; when none does, nobody may. Packets of a session are not asked about again.
 * <pre>
 * rules = rule { ";" rule }
 * rule  = ("allow" | "deny") zone "-&gt;" zone [protocol] ["from" prefix] [prefix] ["port" port ["-" port]] ["user" who]
 * who   = "any" | name | "group" path | "security-group" name
 * zone  = "inside" | "outside" | "any"
 * protocol = "tcp" | "udp" | "icmp" | "icmpv6" | "sctp" | number
 * </pre>
 * The bare prefix is the destination; {@code port} is the destination's and needs tcp, udp or sctp. A rule with {@code user} matches only
 * when such a user is online at the source: {@code user any} is anybody who is, {@code group} means the groups below it too.
 */
public final class RuleList {

    /** What {@link #allowing} answers when no rule is about the packet, or only one that denies everything: {@code deny any->any}. */
    public static final int NONE = 0;
    /** What {@link #allowing} answers when an online user might begin the session. */
    public static final int USER_REQUIRED = -1;
    /** What {@link #allowing} answers when a rule denies the session. */
    public static final int DENIED = -2;

    private static final int MOST = 65535;

    private final Rule[] rules;
    private final UserLookup users;

    private RuleList(List<Rule> rules, UserLookup users) {
        this.rules = rules.toArray(new Rule[0]);
        this.users = users;
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
        return new RuleList(rules, UserLookup.NOBODY);
    }

    /** Asks there who is online from now on; before, nobody is. */
    public RuleList asking(UserLookup lookup) {
        return new RuleList(Arrays.asList(rules), lookup);
    }

    /**
     * The number of the rule that allows the packet to begin a session; {@link #USER_REQUIRED} when one would, were the user that it asks
     * for online at the source; else {@link #DENIED} or {@link #NONE}.
     */
    public int allowing(int zoneBefore, int zoneAfter, Packet packet) {
        int refusal = NONE;
        for (Rule rule : rules) {
            if (rule.matches(zoneBefore, zoneAfter, packet)) {
                if (rule.user() == null || rule.user().met(users.at(packet))) {
                    return rule.allow() ? rule.number() : refusal == NONE && !rule.isCatchAll() ? DENIED : refusal;
                }
                refusal = rule.allow() ? USER_REQUIRED : refusal;
            }
        }
        return refusal;
    }

    /** The user that a rule asks for; {@code null} when it asks for none, or when there is no such rule. */
    public UserCondition user(int number) {
        return number < 1 || number > rules.length ? null : rules[number - 1].user();
    }
}
