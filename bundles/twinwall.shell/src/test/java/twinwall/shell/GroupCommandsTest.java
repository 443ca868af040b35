/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class GroupCommandsTest {

    private final OnePair pair = new OnePair();
    private final Typed typed = new Typed().offering(new GroupCommands(pair), "status", "tables", "entries", "handlers", "links", "losses",
            "splitbrains", "sync", "check", "switchover", "quickbackup");

    @Test
    void statusTellsWhoIsWhatAndWhatAFailoverWouldCost() throws Exception {
        assertThat(typed.line("twinwall:status").lines()).containsExactly(
                "fw-a is active for 1 min 15 s: higher priority",
                "priority 44998 of 45000, active-standby, quick backup off",
                "does not work: interface eth1: no carrier",
                "ready",
                "peer fw-b is standby, not ready, last heard 120 ms ago",
                "link a: running",
                "1 of 2 tables in sync; not: shelf",
                "handlers differ from those of fw-b: napt (1.0.0, there 1.1.0), shelf (1.0.0, there keeping)",
                "a failover now would lose 5 entries at risk, 4 not yet due, 11 of tables that are not backed up");
    }

    @Test
    void tablesStandInColumns() throws Exception {
        assertThat(typed.line("tables").lines()).containsExactly(
                "TABLE   ENTRIES  LAG  LAG MS  AT RISK  NOT DUE  DRIFT  HANDLER  PEER'S   IN SYNC",
                "napt       1200    2      15        2        4      0  1.0.0    1.1.0    yes",
                "shelf         3    0       0        3        ?      ?  1.0.0    keeping  no             waiting for a handler on fw-b",
                "routes       11    -       -       11        -      -  -        -        not backed up  learned again in seconds");
    }

    @Test
    void oneTableCanBeAskedForAndAnUnknownOneNamesThoseThatAreThere() throws Exception {
        assertThat(typed.line("tables napt").lines()).hasSize(2);
        assertThat(typed.line("tables nap")).isEqualTo("'nap' is none of the tables here: napt, shelf, routes");
    }

    @Test
    void entriesSayHowToGoOn() throws Exception {
        assertThat(typed.line("entries --limit 1 napt").lines()).containsExactly("06c0  port=80", "There may be more: --after 06c0");
        assertThat(typed.line("entries --after 06c0 napt")).isEqualTo("06c1  port=81\n");
        assertThat(typed.line("entries --after 06c1 napt")).isEqualTo("No entries.");
        assertThat(typed.line("entries nap")).startsWith("No handler backs up 'nap' here.").contains("napt, shelf");
    }

    @Test
    void handlersNameStateBundleVersionSchemaAndSinceWhenOnBothFirewalls() throws Exception {
        assertThat(typed.line("handlers").lines()).containsExactly(
                "TABLE  ON    STATE    BUNDLE                     VERSION  SCHEMA  SINCE                 REFUSED",
                "napt   fw-a  working  twinwall.handler.nat.napt  1.0.0         1  2026-11-22T08:00:00Z        6",
                "napt   fw-b  working  com.vendor.napt            1.1.0         2  2026-11-22T08:30:00Z        -",
                "shelf  fw-a  working  com.vendor.shelf           1.0.0         1  2026-11-22T08:40:00Z        0"
                        + "  waiting for a handler on fw-b",
                "shelf  fw-b  keeping  -                          -             -  -                           -");
    }

    @Test
    void linksAndLossesAreTold() throws Exception {
        assertThat(typed.line("links").lines()).containsExactly(
                "LINK  STATE    TLS  SENT  RECEIVED  REFUSED",
                "a     running  yes    10        20  not-tls=3  192.0.2.1:7400");
        assertThat(typed.line("losses").lines()).containsExactly("2026-11-22T09:00:00Z  fw-b died", "  napt: at most 4 lost");
        assertThat(typed.line("splitbrains").lines()).containsExactly(
                "2026-11-22T08:00:00Z  both active for 5300 ms, fw-b yielded: its priority is lower",
                "  napt: both had changed 5, 3 are as here, 2 as on the peer");
    }

    @Test
    void aCommandTellsItsVerdictAndWhatItWaitedFor() throws Exception {
        assertThat(typed.line("switchover").lines()).containsExactly("NOT done: fw-b is not ready: shelf is not there (5000 ms)",
                "TABLE  CONFIRMED  LEFT  WAITED MS", "napt           7     2         40");
        assertThat(typed.line("check").lines().toList()).startsWith("1 of 1 tables are equal on both firewalls. (600 ms)").hasSize(3);
        assertThat(typed.line("quickbackup true")).isEqualTo("Done: Quick backup is on on both firewalls. (1 ms)\n");
        assertThat(typed.line("sync")).isEqualTo("Failed: java.lang.IllegalStateException: table locked. The firewall goes on.");
        assertThat(pair.commands).containsExactly("switchover", "check", "quickbackup true", "sync");
    }

    @Test
    void withoutAnEngineEveryCommandSaysSo() throws Exception {
        GroupCommands alone = new GroupCommands();
        assertThat(List.of(alone.status(), alone.tables("napt"), alone.entries(1, "", "napt"), alone.switchover()))
                .allMatch(answer -> answer.startsWith("The hot standby group is not running here"));
    }
}
