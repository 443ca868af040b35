/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.aaa;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Pattern;

import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * Who a user is and how the password is checked: one line of a credential file, {@code name:hash:group[:security-group]}, for example
 * {@code alice:$2y$12$...:/staff:finance}. The hash is OpenBSD's bcrypt.
 *
 * @param user 1 to 64 of A-Z, a-z, 0-9 and {@code . _ @ + \ -}
 * @param hash with its cost and salt
 * @param groupPath {@code /} or a path such as {@code /staff}
 * @param securityGroup empty for none
 */
public record Credential(String user, String hash, String groupPath, String securityGroup) {

    /** Hashing takes 2 to this power rounds: about a quarter of a second. */
    public static final int COST = 12;
    /** bcrypt looks at no more; a longer password is refused rather than cut. */
    public static final int MOST_PASSWORD_BYTES = 72;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@+\\\\-]{1,64}");
    private static final Pattern HASH = Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-6])\\$[./A-Za-z0-9]{53}");
    private static final Pattern GROUP = Pattern.compile("/|(/[A-Za-z0-9._-]{1,64}){1,8}");
    private static final int SALT_BYTES = 16;

    /** Checks each part. The message of the exception says what it must be. */
    public Credential {
        if (!isName(user)) {
            throw new IllegalArgumentException("the user's name must be 1 to 64 letters, digits, or . _ @ + \\ -");
        }
        if (!HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException("the hash of " + user + " must be bcrypt's, $2y$COST$..., of cost 4 to 16");
        }
        if (!isGroup(groupPath)) {
            throw new IllegalArgumentException("the group of " + user + " must be / or a path such as /staff/sales");
        }
        if (!securityGroup.isEmpty() && !isName(securityGroup)) {
            throw new IllegalArgumentException("the security group of " + user + " must be a name");
        }
    }

    /** Makes one for a new password. */
    public static Credential make(String user, byte[] password, String groupPath, String securityGroup, int cost) {
        if (password.length == 0 || password.length > MOST_PASSWORD_BYTES) {
            throw new IllegalArgumentException("a password must have 1 to " + MOST_PASSWORD_BYTES + " bytes of UTF-8");
        }
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return new Credential(user, OpenBSDBCrypt.generate("2y", password, salt, cost), groupPath, securityGroup);
    }

    /** Reads a line. */
    public static Credential parse(String line) {
        String[] parts = line.strip().split(":", -1);
        if (parts.length < 3 || parts.length > 4) {
            throw new IllegalArgumentException("a line must be name:hash:group or name:hash:group:security-group");
        }
        return new Credential(parts[0], parts[1], parts[2], parts.length == 4 ? parts[3] : "");
    }

    /** The line. */
    public String line() {
        return user + ":" + hash + ":" + groupPath + (securityGroup.isEmpty() ? "" : ":" + securityGroup);
    }

    /** Whether it is the right password. Takes as long for a wrong one. */
    public boolean hasPassword(byte[] password) {
        boolean sensible = password.length > 0 && password.length <= MOST_PASSWORD_BYTES;
        boolean right = OpenBSDBCrypt.checkPassword(hash, sensible ? password : "-".getBytes(StandardCharsets.US_ASCII));
        return right && sensible;
    }

    /** How much its hash costs. */
    int cost() {
        return Integer.parseInt(hash.substring(4, 6));
    }

    /** Whether a text may be the name of a user or a security group. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Whether a text may be a group. */
    public static boolean isGroup(String text) {
        return GROUP.matcher(text).matches();
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return user + " of " + groupPath;
    }
}
