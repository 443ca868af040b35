/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import java.io.Serial;

/** Why a node does not start, in one line for the operator: what is wrong, where, and what cures it. */
public final class Refusal extends Exception {

    /** Exit status: the config folder or the command line cannot be used. */
    public static final int BAD_CONFIG = 2;
    /** Exit status: a bundle or the framework does not start. */
    public static final int NOT_STARTED = 3;

    @Serial
    private static final long serialVersionUID = 1L;

    private final int exitStatus;

    /** Refuses with {@link #BAD_CONFIG}. */
    public Refusal(String message) {
        this(BAD_CONFIG, message);
    }

    /** Refuses with one of this class's exit statuses. */
    public Refusal(int exitStatus, String message) {
        super(message);
        this.exitStatus = exitStatus;
    }

    /** What the process exits with. */
    public int exitStatus() {
        return exitStatus;
    }
}
