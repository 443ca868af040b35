/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link;

import java.io.IOException;

/** The peer sent what the protocol does not allow. */
public final class ProtocolException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * Says what was wrong.
     *
     * @param reason a short name for counters, for example {@code unknown-frame}
     * @param message for the log
     */
    public ProtocolException(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** A short name for counters. */
    public String reason() {
        return reason;
    }
}
