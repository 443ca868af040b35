/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * The network interfaces of Linux, as the kernel's files of each say (Documentation/ABI/testing/sysfs-class-net): {@code flags},
 * {@code carrier}, {@code operstate}.
 */
final class LinuxInterfaces {

    private static final int UP = 1;
    /** Not {@code unknown}: interfaces without a link of their own, such as {@code lo} and many tunnels, are that all their life. */
    private static final Set<String> NOT_OPERATING = Set.of("down", "lowerlayerdown", "notpresent", "dormant", "testing");

    private final Path folder;

    /** {@code folder} has one folder for each interface. */
    LinuxInterfaces(Path folder) {
        this.folder = folder;
    }

    /** What keeps the interface from carrying packets; empty when nothing does. */
    String failure(String name) {
        Path files = folder.resolve(name);
        if (!Files.isDirectory(files)) {
            return "there is no such interface";
        }
        try {
            if ((Integer.decode(read(files, "flags")) & UP) == 0) {
                return "administratively down";
            }
            // Cannot be read while the interface is down, hence after the flags.
            if (!read(files, "carrier").equals("1")) {
                return "no carrier";
            }
            String state = read(files, "operstate");
            return NOT_OPERATING.contains(state) ? "its state is " + state : "";
        } catch (IOException | NumberFormatException e) {
            return "its state cannot be read: " + e.getMessage();
        }
    }

    private static String read(Path files, String file) throws IOException {
        return Files.readString(files.resolve(file)).strip();
    }
}
