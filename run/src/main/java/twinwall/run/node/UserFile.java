/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

import twinwall.firewall.embedded.aaa.Credential;

/** A credential file as people change it: one line for each user, comments stay. */
record UserFile(Path path) {

    /** Puts a user in or replaces the line of one who is there, and answers whether one was. */
    boolean put(String name, byte[] password, String group, String securityGroup) throws IOException, Refusal {
        String line;
        try {
            line = Credential.make(name, password, group, securityGroup, Credential.COST).line();
        } catch (IllegalArgumentException e) {
            throw new Refusal("No line was written: " + e.getMessage() + ".");
        }
        SecretFiles.requireOwnerOnly(path);
        List<String> lines = new ArrayList<>(Files.exists(path) ? Files.readAllLines(path) : List.of());
        boolean known = lines.removeIf(one -> one.startsWith(name + ":"));
        lines.add(line);
        Path unfinished = path.resolveSibling(path.getFileName() + ".new");
        SecretFiles.write(unfinished, String.join("\n", lines) + "\n");
        Files.move(unfinished, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return known;
    }
}
