/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.ArrayList;
import java.util.List;

/** One entry that both firewalls changed while neither knew of the other. */
final class Conflict {

    private final byte[] key;
    private final byte[] mine;
    private final byte[] theirs;
    private int verdict;

    Conflict(byte[] key, byte[] mine, byte[] theirs) {
        this.key = key;
        this.mine = mine;
        this.theirs = theirs;
    }

    /** Those of the peer's changes whose entry has a change here that the peer has not confirmed, with another content. */
    static List<Conflict> among(List<Entry> entries, Backlog mine, KeyHash hasher) {
        if (mine.size() == 0) {
            return List.of();
        }
        List<Conflict> found = new ArrayList<>();
        for (Entry entry : entries) {
            Pending own = mine.find(new Pending(entry.key(), hasher.of(entry.key())));
            if (own != null && own.value != null && !entry.removed() && !entry.sameContent(own)) {
                found.add(new Conflict(entry.key(), own.value, entry.value()));
            }
        }
        return found;
    }

    byte[] key() {
        return key;
    }

    byte[] mine() {
        return mine;
    }

    byte[] theirs() {
        return theirs;
    }

    /** Positive when mine is further, negative when theirs is, 0 to let the later change win. */
    int verdict() {
        return verdict;
    }

    void verdict(int verdict) {
        this.verdict = verdict;
    }
}
