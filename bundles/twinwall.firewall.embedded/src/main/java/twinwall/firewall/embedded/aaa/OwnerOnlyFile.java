/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.aaa;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Reads files that hold secrets: only those that nobody but their owner may read or change. */
public final class OwnerOnlyFile {

    private static final int MOST_BYTES = 16 << 20;

    private OwnerOnlyFile() {
    }

    /**
     * The text of such a file.
     *
     * @throws IOException when it cannot be used; the message names it and says what to do
     */
    public static String read(Path file) throws IOException {
        check(file);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException(file + " is longer than " + MOST_BYTES + " bytes. Cure: name the right file");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Throws, as {@link #read} does, when the file is not there or others may read or change it. */
    public static void check(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is not there, or is no file. Cure: make it, with permissions 600");
        }
        if (wide(file)) {
            throw new IOException(file + " holds secrets but can be read or changed by others. Cure: chmod 600 " + file);
        }
    }

    /** The one line of such a file: a password or a shared secret. */
    public static String readLine(Path file) throws IOException {
        String line = read(file).strip();
        if (line.isEmpty() || line.indexOf('\n') >= 0) {
            throw new IOException(file + " must hold one line. Cure: write the secret into it");
        }
        return line;
    }

    /** What changes when the file does; reading it costs less than the file. */
    static String fingerprint(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return now.lastModifiedTime() + " " + now.size() + " " + now.fileKey() + " " + wide(file);
        } catch (IOException e) {
            return "absent";
        }
    }

    private static boolean wide(Path file) throws IOException {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            return permissions.stream().anyMatch(one -> !one.name().startsWith("OWNER_"));
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }
}
