/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

/** What the last frame written or received on a connection was of. Asked on the connection's thread, by who times frames. */
public final class LastFrame {

    private TableReplica changed;
    private TableReplica confirmed;

    void none() {
        changed = null;
        confirmed = null;
    }

    void changes(TableReplica of) {
        changed = of;
    }

    void confirmation(TableReplica of) {
        confirmed = of;
    }

    /** The type of the table whose changes it holds; null when it holds none. */
    public String changesOf() {
        return changed == null ? null : changed.spec().type();
    }

    /** The type of the table whose changes it confirms; null when it confirms none. */
    public String confirmationOf() {
        return confirmed == null ? null : confirmed.spec().type();
    }
}
