/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.shell;

import java.time.Instant;
import java.util.List;

import twinwall.group.DropFolder;
import twinwall.group.DroppedFile;
import twinwall.group.FileVerdict;
import twinwall.group.PlannedChange;

/** A drop folder with a handler that runs, and two files that cannot be used; or with nothing. */
final class OneFolder implements DropFolder {

    private static final Instant SINCE = Instant.parse("2026-11-22T08:00:00.5Z");

    boolean empty;

    @Override
    public String path() {
        return "/etc/twinwall/handlers";
    }

    @Override
    public List<DroppedFile> files() {
        return empty ? List.of() : List.of(
                new DroppedFile("lease.jar", "com.example.lease", "1.0.0", List.of("dhcp-lease", "dhcp-pool"), FileVerdict.ON_TRIAL,
                        "com.example.lease 1.0.0 is in place of 0.9.0.", SINCE),
                new DroppedFile("notes.jar", "", "", List.of(), FileVerdict.NOT_A_JAR, "It is not a whole jar.", SINCE));
    }

    @Override
    public List<PlannedChange> check() {
        return empty ? List.of() : List.of(
                new PlannedChange("", "com.example.old", "2.0.0", PlannedChange.Action.UNINSTALL, "It would be removed.",
                        List.of("com.example.old")),
                new PlannedChange("lease-1.1.jar", "com.example.lease", "1.1.0", PlannedChange.Action.UPDATE, "It would replace 1.0.0.",
                        List.of("com.example.lease", "com.example.web")),
                new PlannedChange("notes.jar", "", "", PlannedChange.Action.REFUSE, "not a jar.", List.of()));
    }
}
