/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeployCommandsTest {

    private final OneFolder folder = new OneFolder();
    private final Typed typed = new Typed().offering(new DeployCommands(folder), "deploy", "dryrun");

    @Test
    void everyFileIsShownWithItsVerdict() throws Exception {
        assertThat(typed.line("deploy").lines()).containsExactly(
                "FILE       VERDICT    BUNDLE             VERSION  TABLES                SINCE",
                "lease.jar  on-trial   com.example.lease  1.0.0    dhcp-lease,dhcp-pool  2026-11-22T08:00:00Z"
                        + "  com.example.lease 1.0.0 is in place of 0.9.0.",
                "notes.jar  not-a-jar  -                  -        -                     2026-11-22T08:00:00Z  It is not a whole jar.");
    }

    @Test
    void aDryRunShowsWhatWouldBeRestarted() throws Exception {
        assertThat(typed.line("twinwall:dryrun").lines()).containsExactly(
                "FILE           ACTION     BUNDLE             VERSION  RESTARTS",
                "-              uninstall  com.example.old    2.0.0    com.example.old                    It would be removed.",
                "lease-1.1.jar  update     com.example.lease  1.1.0    com.example.lease,com.example.web  It would replace 1.0.0.",
                "notes.jar      refuse     -                  -        -                                  not a jar.");
    }

    @Test
    void anEmptyFolderAndNoFolderAreTold() throws Exception {
        folder.empty = true;
        assertThat(typed.line("deploy")).isEqualTo("No jar is in /etc/twinwall/handlers.");
        assertThat(typed.line("dryrun")).isEqualTo("No jar is in /etc/twinwall/handlers.");
        assertThat(new DeployCommands().deploy()).startsWith("Nobody watches a drop folder on this firewall.");
    }
}
