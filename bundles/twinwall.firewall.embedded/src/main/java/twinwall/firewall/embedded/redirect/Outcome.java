/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.redirect;

/** What becomes of packets between the two firewalls. */
enum Outcome {

    /** Of a session that is unknown here, given to the link to the peer. */
    REDIRECTED,

    /** Came while the work was handed over to the peer, given to the link to it. */
    HANDED_OVER,

    /** Kept for the peer, and then inspected here, because the peer did not take the work. */
    KEPT_AFTER_ALL,

    /** Given to this firewall by the peer, and forwarded or waiting for the peer's confirmation. */
    TAKEN_FORWARDED,

    /** Given to this firewall by the peer, and dropped. */
    TAKEN_DROPPED,

    /** A message of the peer that holds no packets as this firewall knows them, or is not for this configuration. */
    REFUSED_MESSAGE
}
