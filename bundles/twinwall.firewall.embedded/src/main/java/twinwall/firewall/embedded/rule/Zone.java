/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.rule;

/** The zones, one for each interface. Numbers as in session entries. */
public final class Zone {

    /** In rules only: every zone. */
    public static final int ANY = 0;
    /** Interface 0. */
    public static final int INSIDE = 1;
    /** Interface 1. */
    public static final int OUTSIDE = 2;

    private Zone() {
    }

    /** The zone an interface is in. */
    public static int of(int networkInterface) {
        return networkInterface + 1;
    }

    /** The interface that is in a zone. */
    public static int networkInterface(int zone) {
        return zone - 1;
    }

    static int parse(String name) {
        return switch (name) {
            case "any" -> ANY;
            case "inside" -> INSIDE;
            case "outside" -> OUTSIDE;
            default -> throw new IllegalArgumentException("rules between zones inside, outside and any, unlike " + name);
        };
    }
}
