/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials;

import java.util.ArrayList;
import java.util.List;

import twinwall.run.trials.failure.Failure;
import twinwall.run.trials.stage.Round;

/** All rounds of one kind of failure. For one thread. */
final class Row {

    private final Failure failure;
    private final String wiring;
    private final List<Round> rounds = new ArrayList<>();

    /** Without rounds yet. */
    Row(Failure failure, String wiring) {
        this.failure = failure;
        this.wiring = wiring;
    }

    void add(Round round) {
        rounds.add(round);
    }

    Failure failure() {
        return failure;
    }

    String wiring() {
        return wiring;
    }

    int rounds() {
        return rounds.size();
    }

    long confirmed() {
        return rounds.stream().mapToLong(Round::confirmed).sum();
    }

    long lostConfirmed() {
        return rounds.stream().mapToLong(round -> round.losses().confirmed().size()).sum();
    }

    long lostUnconfirmed() {
        return rounds.stream().mapToLong(round -> round.losses().unconfirmed()).sum();
    }

    long ledger() {
        return rounds.stream().mapToLong(Round::ledger).sum();
    }

    boolean ledgerExact() {
        return rounds.stream().allMatch(Round::ledgerExact);
    }

    long packets() {
        return rounds.stream().mapToLong(round -> round.counts().packets()).sum();
    }

    long dropped() {
        return rounds.stream().mapToLong(round -> round.counts().dropped()).sum();
    }

    long longestGapMillis() {
        return rounds.stream().mapToLong(round -> round.counts().longestGapMillis()).max().orElse(0);
    }

    /** The gap of the round in the middle. */
    long medianGapMillis() {
        long[] gaps = rounds.stream().mapToLong(round -> round.counts().longestGapMillis()).sorted().toArray();
        return gaps.length == 0 ? 0 : gaps[gaps.length / 2];
    }

    int mostHandovers() {
        return rounds.stream().mapToInt(round -> round.counts().handovers()).max().orElse(0);
    }

    /** With the number of the round in front. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < rounds.size(); i++) {
            for (String fault : rounds.get(i).faults()) {
                faults.add("round " + (i + 1) + ": " + fault);
            }
        }
        return faults;
    }

    /** Whether it was tried, and everything was as it should be. */
    boolean held() {
        return !rounds.isEmpty() && faults().isEmpty();
    }
}
