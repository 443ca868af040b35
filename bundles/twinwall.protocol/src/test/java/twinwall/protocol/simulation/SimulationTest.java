/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Many short lives of two firewalls, each from a seed: changes, lost frames, broken links, dying processes and failing handlers in random
 * order. After each both must have the same tables.
 * <p>
 * {@code -Dtwinwall.seeds=100000} runs more, {@code -Dtwinwall.seed=N} one, {@code -Dtwinwall.trace=true} tells what happens.
 */
class SimulationTest {

    @Test
    void twoFirewallsAlwaysEndWithTheSameTables() {
        Long only = Long.getLong("twinwall.seed");
        long first = only == null ? Long.getLong("twinwall.firstSeed", 1) : only;
        long last = only == null ? first + Long.getLong("twinwall.seeds", 2000) - 1 : only;
        List<String> failed = new ArrayList<>();
        long kept = 0;
        long needed = 0;
        for (long seed = first; seed <= last && failed.size() < 10; seed++) {
            World world = new World(seed);
            String failure = failure(world);
            if (failure != null) {
                failed.add(failure);
            }
            kept += world.oracle.keptInTheEnd();
            needed += world.causality.checked();
        }
        if (!failed.isEmpty()) {
            throw new AssertionError(String.join("\n", failed));
        }
        if (only == null) {
            assertThat(kept).as("entries that only outlived their firewall because they were kept").isGreaterThan((last - first) / 100);
            assertThat(needed).as("needed entries that were looked for").isGreaterThan((last - first) / 2);
        }
    }

    @Test
    void anEntryComesTooEarlyWhereTablesDoNotSayWhatTheyNeed() {
        List<String> failed = new ArrayList<>();
        for (long seed = 1; seed <= 300 && failed.isEmpty(); seed++) {
            String failure = failure(new World(seed, false, false));
            if (failure != null) {
                failed.add(failure);
            }
        }
        assertThat(failed).singleElement().asString().contains("which needs");
    }

    /** Each of these once ended otherwise, as its name tells. The course of a seed changes whenever the simulation itself does. */
    @ParameterizedTest(name = "seed {0}: {1}")
    @CsvSource({
        "10, hellos of a dead process read after a standstill",
        "23, snapshots that cross while both had to give up their backlogs",
        "60, a late offer on a link that no longer carries the data",
        "75, a change from before a handler left that its new snapshot does not hold",
        "157, a handler that comes back where its peer remembers a removal",
        "197, a snapshot that comes just after a handler took over from a keeper",
        "174, entries changed while no handler watched",
        "324, a removal that only a snapshot could tell",
        "442, changes of a dead process that the handler refuses",
        "549, a standstill before the firewall was told its last role",
        "805, an own entry that the peer brings back",
        "1102, a late offer of a table that is not here yet",
        "1382, a removal on the active firewall while its peer could not restore",
        "1502, a snapshot entry sent after the removal of the same entry",
        "1881, a removal while a snapshot begins anew",
        "1950, an older value that comes back over a removal nobody was told of",
        "2148, an answer to an offer that was made again",
        "2738, a late change over a removal nobody was told of",
        "3691, an echo of a change that the handler then refused",
        "3273, a handover while the peer becomes active by itself",
        "4218, a conflict whose outcome the handler refused",
        "4958, items that fail while both start",
        "4434, a share granted while the role was in doubt",
        "4518, a jump of the clock while the peer was in doubt",
        "7867, an extra that was read for an own snapshot before it was removed",
        "5702, a grant that was taken back while its receiver stood still",
        "5361, a doubt that lasted until the peer acted on it",
        "10017, a hello from before a second standstill",
        "11220, a handler that comes back just before its firewall yields",
        "11967, a removal in flight when the backlog overflows",
        "27299, a removal that was not sent while an earlier state of the entry was on its way",
        "309, a needed change that was forgotten and came with another snapshot",
        "986, a removal that nobody was told of before the peer's snapshot came",
        "1958, a removal while the peer could not keep the table",
        "1657, a removal that was to be told while a handler took what was kept"})
    void whatOnceWentWrongStaysRight(long seed, String what) {
        String failure = failure(new World(seed));
        if (failure != null) {
            throw new AssertionError(what + ": " + failure);
        }
    }

    private static String failure(World world) {
        try {
            world.run();
            return null;
        } catch (AssertionError | RuntimeException e) {
            String text = e.toString();
            if (Boolean.getBoolean("twinwall.trace")) {
                System.out.println(world.traced());
                e.printStackTrace(System.out);
            }
            return "Seed " + world.seed + ": " + (text.length() > 900 ? text.substring(0, 900) : text)
                    + "\n  run again with -Dtest=SimulationTest -Dtwinwall.seed=" + world.seed + " -Dtwinwall.trace=true";
        }
    }
}
