/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.group;

import java.util.List;
import java.util.concurrent.CompletionStage;

import org.osgi.annotation.versioning.ProviderType;

/** Status and commands of the group, provided by the engine. Methods may be called from any thread. */
@ProviderType
public interface HotStandbyGroup {

    /** How things are just now. */
    GroupStatus status();

    /** Hands the active role to the peer once it has everything. Fails with a verdict that says what is lacking. */
    CompletionStage<Verdict> switchover();

    /** Copies every table again, both ways, and removes what the other side no longer has. Completes when both sides are in sync. */
    CompletionStage<Verdict> sync();

    /**
     * Compares what is in every table with what is in the peer's, now, and has repaired what differs. Completes when nothing differs any
     * more, or when it is clear that something does; at most half a minute later.
     */
    CompletionStage<CheckReport> check();

    /** Switches quick backup on both firewalls, now and until the next restart. */
    CompletionStage<Verdict> quickBackup(boolean on);

    /**
     * Entries of a table that are due for backup, ordered by key bytes.
     *
     * @param type table type
     * @param limit at most this many, 1 to 10000
     * @param after {@link EntryView#key()} of the last entry already seen, or empty to begin
     * @throws IllegalArgumentException when there is no such backed-up table here, or limit or after is wrong
     */
    List<EntryView> entries(String type, int limit, String after);
}
