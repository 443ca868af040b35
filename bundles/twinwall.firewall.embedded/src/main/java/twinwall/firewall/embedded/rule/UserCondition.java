/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.rule;

import java.util.Deque;

import twinwall.firewall.OnlineUser;
import twinwall.firewall.embedded.aaa.Credential;

/**
 * Who must be online at the source for a rule to apply: {@code user any}, {@code user NAME}, {@code user group PATH} with all groups below
 * it, {@code user security-group NAME}.
 *
 * @param kind what is compared
 * @param name with what; empty for any user
 */
public record UserCondition(Kind kind, String name) {

    /** What is compared. */
    public enum Kind {
        /** Nothing: anybody who is online. */
        ANY,
        /** The user's name. */
        USER,
        /** The user's group or one above it. */
        GROUP,
        /** The user's security group. */
        SECURITY_GROUP
    }

    /** Reads what follows the word {@code user}; {@code null} when it cannot be read. */
    static UserCondition parse(Deque<String> words) {
        String word = words.poll();
        if (word == null) {
            return null;
        }
        boolean named = "group".equals(word) || "security-group".equals(word);
        Kind kind = switch (word) {
            case "any" -> Kind.ANY;
            case "group" -> Kind.GROUP;
            case "security-group" -> Kind.SECURITY_GROUP;
            default -> Kind.USER;
        };
        String name = kind == Kind.ANY ? "" : named ? words.poll() : word;
        boolean readable = name != null
                && (kind == Kind.ANY || (kind == Kind.GROUP ? Credential.isGroup(name) : Credential.isName(name)));
        return readable ? new UserCondition(kind, name) : null;
    }

    /** Whether this user is one that it means; {@code null} when nobody is online. */
    public boolean met(OnlineUser user) {
        if (user == null) {
            return false;
        }
        return switch (kind) {
            case ANY -> true;
            case USER -> user.user().equals(name);
            case SECURITY_GROUP -> user.securityGroup().equals(name);
            case GROUP -> name.equals("/") || user.groupPath().equals(name) || user.groupPath().startsWith(name + "/");
        };
    }
}
