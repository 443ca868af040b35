/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb.l7;

import java.io.IOException;

/** A real server does not speak HTTP as it must: 502 (RFC 9110, section 15.6.3). */
final class MalformedResponseException extends IOException {

    private static final long serialVersionUID = 1;

    MalformedResponseException(String what) {
        super("The real server's response is malformed: " + what + ".");
    }
}
