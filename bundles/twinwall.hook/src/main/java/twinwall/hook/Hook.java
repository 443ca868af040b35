/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.hook;

/** What is done at a role change. */
@FunctionalInterface
interface Hook {

    /**
     * Does it, on the hook's own thread, one change at a time.
     *
     * @throws HookFailed with what went wrong; nothing is tried again before the next change
     * @throws InterruptedException when there is no time left
     */
    void roleIs(Told told) throws HookFailed, InterruptedException;
}
