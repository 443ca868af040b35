/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.stage;

/** What keeps the firewalls busy, besides the packets of conversations that go on in any case. */
@FunctionalInterface
public interface Load {

    /**
     * Whether entries come, change and go. Off, it may take a moment until the last one has.
     */
    void on(boolean on);
}
