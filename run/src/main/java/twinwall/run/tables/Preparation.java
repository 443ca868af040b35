/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What brings entries into one service table of FW_A. */
public interface Preparation {

    /** The table type, for example {@code nat-server}. */
    String type();

    /**
     * Settings that both firewalls need for it, PID {@code twinwall.firewall.embedded}: key to value. In a value {@code ${port:NAME}}
     * stands for a TCP or UDP port that is free, another one on each firewall, see {@link Firewall#port}; {@code ${config}} for the config
     * folder.
     */
    default Map<String, String> settings() {
        return Map.of();
    }

    /** Rules of the firewall that it needs; they come before those that let inside begin sessions to outside. */
    default List<String> rules() {
        return List.of();
    }

    /** Files that both config folders need, readable by their owner only: name to content. */
    default Map<String, String> files() {
        return Map.of();
    }

    /**
     * Which pair of firewalls it runs on. Preparations whose settings go together share a pair, because each pair takes seconds to start.
     * Default: the general one.
     */
    default String pair() {
        return "general";
    }

    /** Brings entries into the table. Throws when what must work does not; the message says what. */
    void fill(Firewall a) throws IOException;
}
