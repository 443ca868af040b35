/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.redirect;

/** Why a packet goes from one firewall to the other. */
enum Kind {

    /** Its session may be the receiver's. It must not begin one there. */
    REDIRECTED,

    /** It came while the work was handed over to the receiver: as if it had come there. */
    HANDED_OVER
}
