/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.traffic;

import java.util.List;

/**
 * Conversations that do not go on.
 *
 * @param confirmed those whose session the peer had confirmed before the failure, as text
 * @param unconfirmed those whose session was due before the failure and not confirmed
 * @param announced those of {@code unconfirmed} that were due long enough to have been announced with a hello
 * @param later those that began after the failure
 */
public record Losses(List<String> confirmed, int unconfirmed, int announced, int later) {

    /** None. */
    public static final Losses NONE = new Losses(List.of(), 0, 0, 0);

    /** Both together. */
    public Losses and(Losses more) {
        List<String> all = new java.util.ArrayList<>(confirmed);
        all.addAll(more.confirmed);
        return new Losses(all, unconfirmed + more.unconfirmed, announced + more.announced, later + more.later);
    }
}
