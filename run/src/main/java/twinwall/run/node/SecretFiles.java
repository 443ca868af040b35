/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/** Files that only their owner may read: made with 0600 from the first byte on, refused when they are wider. */
final class SecretFiles {

    private static final FileAttribute<?> OWNER_ONLY = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> OWNER_ONLY_FOLDER =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
        PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);
    private static final int RANDOM_BYTES = 32;

    private SecretFiles() {
    }

    static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder, OWNER_ONLY_FOLDER);
        }
    }

    /** Writes 256 random bits as one line of base64url. */
    static void writeRandom(Path file) throws IOException {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String line = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
        Files.createFile(file, OWNER_ONLY);
        Files.write(file, line.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
    }

    /** Writes a text, in place of what an interrupted run may have left. */
    static void write(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, OWNER_ONLY);
        Files.writeString(file, text, StandardOpenOption.WRITE);
    }

    static void restrict(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** Refuses a file that anyone but its owner may read or write; one that is not there passes. */
    static void requireOwnerOnly(Path file) throws Refusal {
        try {
            if (!Files.exists(file)) {
                return;
            }
            Set<PosixFilePermission> wide = EnumSet.copyOf(OTHERS);
            wide.retainAll(Files.getPosixFilePermissions(file));
            if (!wide.isEmpty()) {
                throw new Refusal(file + " holds a secret that others may read or change. Cure: chmod "
                    + (Files.isDirectory(file) ? "700 " : "600 ") + file);
            }
        } catch (IOException e) {
            throw new Refusal("The permissions of " + file + " cannot be read: " + e.getMessage());
        } catch (UnsupportedOperationException e) {
            throw new Refusal(file + " is on a file system without permissions, so the secret in it is not safe."
                + " Move the config folder to one that has them.");
        }
    }
}
