/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Set;

/** The bearer token in a file. A changed file counts from the next request on; a file that others can read is refused. */
final class AccessToken {

    private static final System.Logger LOG = System.getLogger(ManagementApi.PID);
    private static final String SCHEME = "Bearer ";
    private static final int LEAST_LENGTH = 16;

    private final Path file;
    private String seen = "";
    private byte[] token;
    private String problem;

    AccessToken(Path file) {
        this.file = file;
    }

    /**
     * Whether the value of an {@code Authorization} header shows the token.
     *
     * @return null when it does, else the refusal
     */
    synchronized Answer refusal(String authorization) {
        refresh();
        if (problem != null) {
            return refused("This firewall accepts no token just now.", problem);
        }
        if (authorization == null) {
            return refused("A token is needed.", "Send 'Authorization: Bearer TOKEN' with the token in " + file + ".");
        }
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return refused("Only bearer tokens are accepted.", "Send 'Authorization: Bearer TOKEN' with the token in " + file + ".");
        }
        byte[] shown = authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(token, shown) ? null : refused("The token is wrong.", "The right one is in " + file + ".");
    }

    private static Answer refused(String error, String hint) {
        return Answer.error(401, error, hint).with("WWW-Authenticate", "Bearer realm=\"twinwall\"");
    }

    private void refresh() {
        String now = fingerprint();
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        token = null;
        problem = read();
        if (problem != null) {
            LOG.log(Level.ERROR, "No request to the management API is accepted. " + problem);
        }
    }

    private String fingerprint() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime() + " " + attributes.size() + " " + Objects.toString(attributes.fileKey()) + " " + wide();
        } catch (IOException e) {
            return "absent";
        }
    }

    private String read() {
        try {
            if (wide()) {
                return "The token file can be read or changed by others. Cure: chmod 600 " + file;
            }
            byte[] text = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
            if (text.length < LEAST_LENGTH) {
                return "The token in " + file + " is shorter than " + LEAST_LENGTH + " characters. Cure: remove the file and start again.";
            }
            token = text;
            return null;
        } catch (IOException e) {
            return "The token file " + file + " cannot be read. Starting the node makes it when it is missing.";
        }
    }

    private boolean wide() throws IOException {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            return permissions.stream().anyMatch(one -> !one.name().startsWith("OWNER_") && !one.name().endsWith("_EXECUTE"));
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }
}
