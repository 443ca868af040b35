/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables;

import java.io.IOException;
import java.util.Random;
import java.util.Set;

/**
 * One service table that is backed up, across a failover: {@link #fill} brings entries into it on FW_A; when FW_B has confirmed them,
 * FW_A is killed; {@link #prove} then tries on FW_B what needs the entries. Without a backup of the table at least one try must fail: run
 * the demo with {@code --without TYPE} and see. An object lives for one run, so it may remember in fields what {@code fill} saw.
 * <p>
 * A scenario uses addresses, ports and names of its own, because all scenarios of a pair run on the same two firewalls. Add it to {@link
 * Scenarios}.
 */
public interface Scenario extends Preparation {

    /** The record that the table holds. */
    Class<? extends Record> entry();

    /** Components of the entry that a takeover moves on by itself, so that they are not compared. Default: none. */
    default Set<String> moving() {
        return Set.of();
    }

    /** What the tries show, as half a line, for example {@code "the next packet of each connection passes"}. */
    String proof();

    /** Tries on FW_B what needs the entries. */
    void prove(Firewall b, Tries tries) throws IOException;

    /**
     * Changes the table of the active firewall a little, for load without an end: an entry comes, changes or goes, beside those of {@link
     * #fill}. How many there are stays bounded.
     *
     * @param random which entry, and what becomes of it
     * @throws IOException when the firewall is gone or refuses; that an entry is not there, or there already, is no fault
     * @throws IllegalStateException when it drops a packet that the entry needs
     */
    void vary(Firewall active, Random random) throws IOException;
}
