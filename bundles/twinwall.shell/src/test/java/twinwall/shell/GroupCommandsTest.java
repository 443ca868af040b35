/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;

import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands, called as a person types them into Gogo's own shell. */
class GroupCommandsTest {

    private final OnePair pair = new OnePair();
    private final ThreadIOImpl io = new ThreadIOImpl();
    private CommandProcessorImpl shell;

    @BeforeEach
    void open() {
        io.start();
        shell = new CommandProcessorImpl(io);
        offer(new GroupCommands(pair));
    }

    @AfterEach
    void close() {
        shell.stop();
        io.stop();
    }

    private void offer(GroupCommands commands) {
        for (String function : List.of("status", "tables", "entries", "handlers", "links", "losses", "sync", "check", "switchover",
                "quickbackup")) {
            shell.addCommand("twinwall", commands, function);
        }
    }

    private String typed(String line) throws Exception {
        PrintStream out = new PrintStream(new ByteArrayOutputStream());
        try (CommandSession session = shell.createSession(InputStream.nullInputStream(), out, out)) {
            return String.valueOf(session.execute(line));
        }
    }

    @Test
    void statusTellsWhoIsWhatAndWhatAFailoverWouldCost() throws Exception {
        assertThat(typed("twinwall:status").lines()).containsExactly(
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
        assertThat(typed("tables").lines()).containsExactly(
                "TABLE   ENTRIES  LAG  LAG MS  AT RISK  NOT DUE  DRIFT  HANDLER  PEER'S   IN SYNC",
                "napt       1200    2      15        2        4      0  1.0.0    1.1.0    yes",
                "shelf         3    0       0        3        ?      ?  1.0.0    keeping  no             waiting for a handler on fw-b",
                "routes       11    -       -       11        -      -  -        -        not backed up  learned again in seconds");
    }

    @Test
    void oneTableCanBeAskedForAndAnUnknownOneNamesThoseThatAreThere() throws Exception {
        assertThat(typed("tables napt").lines()).hasSize(2);
        assertThat(typed("tables nap")).isEqualTo("'nap' is none of the tables here: napt, shelf, routes");
    }

    @Test
    void entriesSayHowToGoOn() throws Exception {
        assertThat(typed("entries --limit 1 napt").lines()).containsExactly("06c0  port=80", "There may be more: --after 06c0");
        assertThat(typed("entries --after 06c0 napt")).isEqualTo("06c1  port=81\n");
        assertThat(typed("entries --after 06c1 napt")).isEqualTo("No entries.");
        assertThat(typed("entries nap")).startsWith("No handler backs up 'nap' here.").contains("napt, shelf");
    }

    @Test
    void handlersNameStateBundleVersionSchemaAndSinceWhenOnBothFirewalls() throws Exception {
        assertThat(typed("handlers").lines()).containsExactly(
                "TABLE  ON    STATE    BUNDLE                     VERSION  SCHEMA  SINCE                 REFUSED",
                "napt   fw-a  working  twinwall.handler.nat.napt  1.0.0         1  2026-11-22T08:00:00Z        6",
                "napt   fw-b  working  com.vendor.napt            1.1.0         2  2026-11-22T08:30:00Z        -",
                "shelf  fw-a  working  com.vendor.shelf           1.0.0         1  2026-11-22T08:40:00Z        0"
                        + "  waiting for a handler on fw-b",
                "shelf  fw-b  keeping  -                          -             -  -                           -");
    }

    @Test
    void linksAndLossesAreTold() throws Exception {
        assertThat(typed("links").lines()).containsExactly(
                "LINK  STATE    TLS  SENT  RECEIVED  REFUSED",
                "a     running  yes    10        20  not-tls=3  192.0.2.1:7400");
        assertThat(typed("losses").lines()).containsExactly("2026-11-22T09:00:00Z  fw-b died", "  napt: at most 4 lost");
    }

    @Test
    void aCommandTellsItsVerdictAndWhatItWaitedFor() throws Exception {
        assertThat(typed("switchover").lines()).containsExactly("NOT done: fw-b is not ready: shelf is not there (5000 ms)",
                "TABLE  CONFIRMED  LEFT  WAITED MS", "napt           7     2         40");
        assertThat(typed("check").lines().toList()).startsWith("1 of 1 tables are equal on both firewalls. (600 ms)").hasSize(3);
        assertThat(typed("quickbackup true")).isEqualTo("Done: Quick backup is on on both firewalls. (1 ms)\n");
        assertThat(typed("sync")).isEqualTo("Failed: java.lang.IllegalStateException: table locked. The firewall goes on.");
        assertThat(pair.commands).containsExactly("switchover", "check", "quickbackup true", "sync");
    }

    @Test
    void withoutAnEngineEveryCommandSaysSo() throws Exception {
        GroupCommands alone = new GroupCommands();
        assertThat(List.of(alone.status(), alone.tables("napt"), alone.entries(1, "", "napt"), alone.switchover()))
                .allMatch(answer -> answer.startsWith("The hot standby group is not running here"));
    }
}
