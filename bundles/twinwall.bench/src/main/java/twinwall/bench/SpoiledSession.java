/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.bench;

import java.io.IOException;
import java.io.UncheckedIOException;

import twinwall.firewall.EntryVisitor;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.Ipv4Session;

/** A session of the table that was made wrong without a word to whoever watches the table, as a fault in memory would. */
final class SpoiledSession {

    private final FirewallTable<Ipv4Session> table;
    private final Ipv4Session right;

    private SpoiledSession(FirewallTable<Ipv4Session> table, Ipv4Session right) {
        this.table = table;
        this.right = right;
    }

    /** The session with that number, in the table's own order, begins a second later from now on. */
    static SpoiledSession of(FirewallTable<Ipv4Session> table, int number) {
        Ipv4Session right = session(table, number);
        table.restore(with(right, right.createdSeconds() + 1));
        return new SpoiledSession(table, right);
    }

    private static Ipv4Session session(FirewallTable<Ipv4Session> table, int number) {
        Ipv4Session[] found = new Ipv4Session[1];
        int[] at = {0};
        visit(table, session -> found[0] = at[0]++ == number ? session : found[0]);
        if (found[0] == null) {
            throw new IllegalArgumentException("there are only " + at[0] + " sessions");
        }
        return found[0];
    }

    private static void visit(FirewallTable<Ipv4Session> table, EntryVisitor<Ipv4Session> visitor) {
        try {
            table.visit(visitor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Ipv4Session with(Ipv4Session of, long createdSeconds) {
        return new Ipv4Session(of.vsys(), of.softwire(), of.protocol(), of.source(), of.destination(), of.sourcePort(),
                of.destinationPort(), of.state(), of.fromZone(), of.toZone(), of.rule(), of.local(), of.early(), createdSeconds,
                of.windowScales(), of.owner(), of.translated(), of.real(), of.realSoftwire(), of.crossed(), of.remainingSeconds(),
                of.forwardPackets(), of.reversePackets(), of.forwardBytes(), of.reverseBytes());
    }

    /** Whether it is still wrong. */
    boolean isWrong() {
        long[] created = {right.createdSeconds()};
        visit(table, session -> {
            if (session.source().equals(right.source()) && session.destination().equals(right.destination())
                    && session.sourcePort() == right.sourcePort() && session.destinationPort() == right.destinationPort()) {
                created[0] = session.createdSeconds();
            }
        });
        return created[0] != right.createdSeconds();
    }
}
