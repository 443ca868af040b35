/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.radius;

import java.util.Locale;

/** What became of a datagram that came to the RADIUS port. Each has exactly one outcome and is counted under it. */
public enum Outcome {

    /** A user's coming, staying or going was recorded. */
    RECORDED,
    /** Right, but it says of no user at no address, or is about the access server itself. Answered. */
    NOTHING_TO_RECORD,
    /** Sent again; answered as before. */
    REPEATED,
    /** From an address that is no client. Not answered, as everything below. */
    STRANGER,
    /** Its client sends more than it may. */
    TOO_MANY,
    /** Not an accounting request, or one that contradicts itself. */
    MALFORMED,
    /** Its authenticator is not made with the shared secret, so it may come from anybody. */
    WRONG_AUTHENTICATOR,
    /** The other firewall processes services: the access server asks that one. */
    STANDBY,
    /** As many users as may be are online, so it could not be recorded (RFC 2866, section 4.1). */
    FULL;

    /** Whether it was not answered. */
    public boolean refused() {
        return compareTo(STRANGER) >= 0;
    }

    /** As in reports: lower case with hyphens. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
