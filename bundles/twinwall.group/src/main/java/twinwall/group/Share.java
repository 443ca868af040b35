/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.group;

/**
 * The part of what cannot be used twice, such as the public ports of an address pool, that a firewall may hand out. The parts of two
 * firewalls never overlap: a firewall is told a smaller part before its peer is told a larger one. What was handed out stays in use
 * wherever it is, whoever handed it out.
 */
public enum Share {

    /** Nothing: the firewall does not process services. */
    NONE,

    /** The first half; of the two, the firewall whose name sorts first has it. */
    FIRST_HALF,

    /** The second half. */
    SECOND_HALF,

    /** Everything: the firewall processes services alone. */
    ALL
}
