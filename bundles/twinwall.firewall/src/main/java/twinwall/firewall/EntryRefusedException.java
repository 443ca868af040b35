/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

/**
 * An entry of the peer that this firewall does not take, because it contradicts its own configuration. The table's other entries are not
 * affected: the entry is counted under its reason, and the first of each reason is logged.
 */
public final class EntryRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String reason;

    /**
     * A refusal.
     *
     * @param reason what kind it is, for counters: lower case with hyphens, for example {@code unknown-pool}; one of a few
     * @param message what is wrong with this entry and what to do, for people; no secrets
     */
    public EntryRefusedException(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What kind it is. */
    public String reason() {
        return reason;
    }
}
