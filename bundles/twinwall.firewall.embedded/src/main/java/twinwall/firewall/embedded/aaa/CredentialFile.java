/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.aaa;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;

/**
 * Who may log in: one {@link Credential} a line, empty lines and lines that begin with {@code #} aside. Read again when it has changed.
 * Safe for threads.
 */
public final class CredentialFile {

    private final Path file;
    private String fingerprint = "";
    private Map<String, Credential> users = Map.of();
    private Credential nobody;
    private String problem;

    public CredentialFile(Path file) {
        this.file = file;
    }

    /**
     * The user's credential; of an unknown one a credential that takes as long to check and that no password fits.
     *
     * @throws IOException when the file cannot be used; the message names it, the line, and what to do
     */
    public synchronized Credential find(String user) throws IOException {
        readAgain();
        if (problem != null) {
            throw new IOException(problem);
        }
        return users.getOrDefault(user, nobody);
    }

    private void readAgain() {
        String now = OwnerOnlyFile.fingerprint(file);
        if (!now.equals(fingerprint)) {
            fingerprint = now;
            problem = null;
            try {
                read(OwnerOnlyFile.read(file));
            } catch (IOException e) {
                problem = e.getMessage();
            }
        }
    }

    private void read(String text) throws IOException {
        Map<String, Credential> all = new HashMap<>();
        int number = 0;
        int cost = Credential.COST;
        for (String line : text.split("\n")) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                Credential one = parse(line, number);
                if (all.put(one.user(), one) != null) {
                    throw new IOException(file + " line " + number + ": " + one.user() + " is there twice. Cure: remove one line");
                }
                cost = all.size() == 1 ? one.cost() : Math.max(cost, one.cost());
            }
        }
        users = all;
        nobody = nobody(cost);
    }

    private Credential parse(String line, int number) throws IOException {
        try {
            return Credential.parse(line);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " line " + number + ": " + e.getMessage() + ". Cure: make the line with run/node user add");
        }
    }

    private static Credential nobody(int cost) {
        byte[] unknowable = new byte[32];
        new SecureRandom().nextBytes(unknowable);
        return Credential.make("nobody", unknowable, "/", "", cost);
    }

    /** Whether it is a credential that {@link #find} gave for an unknown user. */
    synchronized boolean isNobody(Credential credential) {
        return credential == nobody;
    }
}
