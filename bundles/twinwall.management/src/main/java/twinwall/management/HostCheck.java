/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses requests that name a foreign host. A page in a browser could otherwise point a name of its own at this machine
 * (DNS rebinding) and talk to the API as if it were its own server; an IP address in the header cannot come about that way.
 */
final class HostCheck {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\]");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.%]+\\]");
    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");

    private final boolean remote;
    private final Set<String> names;

    /** Loopback names always pass; with {@code remote} also IP addresses and the names given. */
    HostCheck(boolean remote, Set<String> names) {
        this.remote = remote;
        this.names = names;
    }

    /** Null when the header's value passes, else the refusal. */
    Answer refusal(String host) {
        if (host == null) {
            return Answer.error(400, "The Host header is missing.", "Use HTTP/1.1.");
        }
        String name = PORT.matcher(host.strip().toLowerCase(Locale.ROOT)).replaceFirst("");
        boolean passes = LOOPBACK.matcher(name).matches() || remote && (ADDRESS.matcher(name).matches() || names.contains(name));
        return passes ? null : Answer.error(403, "This firewall does not answer to the name in the Host header.",
            "Use localhost or 127.0.0.1" + (remote ? ", an IP address, or a name from host_names." : "."));
    }
}
