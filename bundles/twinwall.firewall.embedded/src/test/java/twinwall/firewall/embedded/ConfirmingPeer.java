/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import twinwall.firewall.FirewallTable;
import twinwall.firewall.PeerAnswer;
import twinwall.firewall.PeerAnswer.Outcome;
import twinwall.firewall.TableWatcher;

/** The backup of every table of a firewall to another one, in a test's hand: nothing is on the peer before it is delivered. */
final class ConfirmingPeer {

    final List<String> told = new ArrayList<>();
    final Deque<Change> underWay = new ArrayDeque<>();
    /** What is answered at once instead; null to wait for {@link #deliver}. */
    Outcome atOnce;
    private final TestFirewall peer;

    /** An entry on its way. */
    record Change(String table, Runnable restore, PeerAnswer answer) {
    }

    ConfirmingPeer(TestFirewall from, TestFirewall peer) {
        this.peer = peer;
        from.firewall.tables().forEach((type, table) -> watch(type, table, peer.firewall.tables().get(type)));
    }

    @SuppressWarnings("unchecked")
    private <E extends Record> void watch(String type, FirewallTable<E> table, FirewallTable<?> there) {
        table.watch(new TableWatcher<E>() {

            @Override
            public void changed(E entry) {
                underWay.add(new Change(type, () -> ((FirewallTable<E>) there).restore(entry), null));
            }

            @Override
            public void changed(E entry, PeerAnswer answer) {
                told.add(type);
                if (atOnce != null) {
                    answer.done(atOnce);
                } else {
                    underWay.add(new Change(type, () -> ((FirewallTable<E>) there).restore(entry), answer));
                }
            }

            @Override
            public void removed(E last) {
                underWay.add(new Change(type, () -> ((FirewallTable<E>) there).forget(last), null));
            }
        });
    }

    /** Delivers and confirms everything that is under way. */
    void deliver() {
        while (!underWay.isEmpty()) {
            deliverNext();
        }
    }

    void deliverNext() {
        Change next = underWay.poll();
        next.restore().run();
        answer(next, Outcome.ON_PEER);
    }

    /** Answers everything under way without delivering it. */
    void fail(Outcome outcome) {
        for (Change next = underWay.poll(); next != null; next = underWay.poll()) {
            answer(next, outcome);
        }
    }

    private static void answer(Change change, Outcome outcome) {
        if (change.answer() != null) {
            change.answer().done(outcome);
        }
    }

    TestFirewall peer() {
        return peer;
    }
}
