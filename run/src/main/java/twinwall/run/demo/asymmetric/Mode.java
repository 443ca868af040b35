/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo.asymmetric;

import java.util.List;
import java.util.Locale;

import twinwall.run.node.PairFolder;

/** How the firewalls back up sessions. */
enum Mode {

    /** Once they are set up. */
    DEFAULT("default"),
    /** At the SYN. */
    QUICK("quick backup"),
    /** Quick backup, and the SYN waits until the other firewall has its session. */
    CONFIRM("confirm before forward"),
    /** By default, but the firewall that does not have a session gives its packets to the other one. */
    REDIRECT("redirect");

    /** Those that are always shown. */
    static final List<Mode> USUAL = List.of(DEFAULT, QUICK, CONFIRM);

    /** The largest: the demo is to show what waiting costs, not what a bound does on a busy machine. */
    static final int BOUND_MILLIS = 1000;

    private static final String GROUP = "twinwall.group";
    private static final String FIREWALL = "twinwall.firewall.embedded";

    private final String label;

    Mode(String label) {
        this.label = label;
    }

    /** What both firewalls are told. */
    void tell(PairFolder.Plan plan) {
        // Nobody fails here: on a busy machine fast hellos would only take a firewall for dead that is not.
        plan.with(GROUP, "hello_interval_ms", "500").with(GROUP, "hello_misses", "10");
        plan.with(GROUP, "networking", "load-balancing").with(GROUP, "quick_backup", String.valueOf(this == QUICK || this == CONFIRM));
        if (this == CONFIRM) {
            plan.with(FIREWALL, "confirm_before_forward", "true").with(FIREWALL, "confirm_bound_ms", String.valueOf(BOUND_MILLIS));
        } else if (this == REDIRECT) {
            plan.with(FIREWALL, "asymmetric", "redirect");
        }
    }

    /** For people. */
    String label() {
        return label;
    }

    /** For programs. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
