/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.program;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What a program must close when it ends, however it ends: the youngest first. For any thread. */
public final class Owned implements AutoCloseable {

    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private final Consumer<String> complaints;

    /**
     * Nothing yet.
     *
     * @param complaints is told what could not be closed, half a sentence
     */
    public Owned(Consumer<String> complaints) {
        this.complaints = complaints;
    }

    /** One more; it is closed before all that are owned already. */
    public void own(AutoCloseable resource) {
        synchronized (resources) {
            resources.push(resource);
        }
    }

    /** One more that is closed behind all that are owned already. */
    public void ownLast(AutoCloseable resource) {
        synchronized (resources) {
            resources.addLast(resource);
        }
    }

    /** Closes all that are owned, and goes on when one of them cannot be closed. More may be owned afterwards. */
    @Override
    public void close() {
        synchronized (resources) {
            while (!resources.isEmpty()) {
                try {
                    resources.pop().close();
                } catch (Exception e) {
                    complaints.accept("something could not be cleaned up: " + e.getMessage());
                }
            }
        }
    }
}
