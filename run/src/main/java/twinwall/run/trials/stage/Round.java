/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.stage;

import java.util.List;

import twinwall.run.trials.traffic.Counts;
import twinwall.run.trials.traffic.Losses;

/**
 * One failure, and what became of it.
 *
 * @param confirmed conversations whose session the peer had confirmed when it happened
 * @param losses conversations that do not go on
 * @param ledger entries of IPv4 sessions that the firewalls' own loss ledger has for it
 * @param ledgerExact whether the ledger calls that exact; true when it has none
 * @param counts what the traffic saw, from the failure until all was mended
 * @param faults what was not as it should be, as sentences
 */
public record Round(int confirmed, Losses losses, long ledger, boolean ledgerExact, Counts counts, List<String> faults) {

    /** One that could not even begin. */
    public static Round failed(String fault) {
        return new Round(0, Losses.NONE, 0, true, new Counts(0, 0, 0, 0), List.of(fault));
    }
}
