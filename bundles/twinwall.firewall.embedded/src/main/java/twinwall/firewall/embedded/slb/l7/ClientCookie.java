/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb.l7;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The cookie by which a virtual server recognises a client (RFC 6265): 128 random bits, readable by no script and not sent by other sites'
 * requests. The real servers do not see it.
 */
final class ClientCookie {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;
    private static final Pattern VALUE = Pattern.compile("[0-9a-f]{" + 2 * BYTES + "}");

    private final String name;
    private final boolean secure;

    /** The cookie of a virtual server; {@code secure}: it goes over TLS only. */
    ClientCookie(String server, boolean secure) {
        this.name = "twinwall-" + server;
        this.secure = secure;
    }

    /** A value that nobody has. */
    static String newValue() {
        byte[] value = new byte[BYTES];
        RANDOM.nextBytes(value);
        return HexFormat.of().formatHex(value);
    }

    /** The value that a client shows, or {@code null}. Of several the first counts. */
    String value(List<String> cookieHeaders) {
        for (String header : cookieHeaders) {
            for (String pair : header.split(";")) {
                if (pair.strip().startsWith(name + "=") && VALUE.matcher(pair.strip().substring(name.length() + 1)).matches()) {
                    return pair.strip().substring(name.length() + 1);
                }
            }
        }
        return null;
    }

    /** The other cookies as one header; empty when there are none. */
    String others(List<String> cookieHeaders) {
        List<String> others = new ArrayList<>();
        for (String header : cookieHeaders) {
            for (String pair : header.split(";")) {
                if (!pair.isBlank() && !pair.strip().startsWith(name + "=")) {
                    others.add(pair.strip());
                }
            }
        }
        return String.join("; ", others);
    }

    /** What makes a client show a value; it ends with the browser. */
    String set(String value) {
        return name + "=" + value + "; Path=/; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
    }
}
