/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.group;

/** Whether a firewall backs up a service table. */
public enum HandlerState {
    /** A handler is there, and entries go to it and come from it. */
    WORKING,
    /** A handler is there that could not take the peer's entries, or not give its own. It is tried again, or waits to be replaced. */
    FAILED,
    /** No handler is there. The other firewall's entries are kept until there is one. */
    KEEPING,
    /** No handler is there, and nothing is kept. */
    MISSING,
    /** Of the peer alone: it has not said it since there is a link, or there is none. */
    UNKNOWN
}
