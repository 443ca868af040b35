/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

/** How far a session has come. Of two states of one session the later in this order is further. */
public enum SessionState {

    /** The first packet was seen: TCP SYN, SCTP INIT, the first packet of another protocol. */
    NEW,

    /** The answer to the first packet was seen: TCP SYN-ACK, SCTP INIT-ACK, a packet in reverse direction. */
    ANSWERED,

    /**
     * Set up: the TCP three-way handshake or the SCTP four-way handshake is complete; other protocols: a second packet in
     * forward direction was seen.
     */
    ESTABLISHED,

    /** TCP: one side has sent FIN; SCTP: SHUTDOWN. */
    CLOSING,

    /** TCP: both sides have sent FIN or one has sent RST; SCTP: SHUTDOWN-COMPLETE or ABORT. Kept for late packets. */
    CLOSED
}
