/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import twinwall.firewall.embedded.aaa.Credential;

/** A credential file for tests: alice of /staff/sales and finance, bob of /guests. A password is the name with an exclamation mark. */
public final class Credentials {

    /** The cheapest hash: tests do not guess. */
    private static final int COST = 4;

    private Credentials() {
    }

    /** Writes the file into the folder. */
    public static Path in(Path folder) {
        return write(folder.resolve("users"), "# who may log in", "", Credential.make("alice", password("alice"), "/staff/sales", "finance",
                COST).line(), Credential.make("bob", password("bob"), "/guests", "", COST).line());
    }

    /** Writes lines that only the owner may read. */
    public static Path write(Path file, String... lines) {
        try {
            Files.write(file, List.of(lines));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A test user's password. */
    public static byte[] password(String user) {
        return (user + "!").getBytes(StandardCharsets.UTF_8);
    }

    /** An address that is written as a number. */
    public static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
