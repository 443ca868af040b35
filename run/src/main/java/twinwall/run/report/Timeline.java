/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What happened when, told as it happens and kept for the report. */
public final class Timeline {

    private final long begin = System.nanoTime();
    private final List<Event> events = new ArrayList<>();
    private final Consumer<String> progress;

    /**
     * Something that happened.
     *
     * @param seconds since the demo began
     */
    public record Event(double seconds, String what) {

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%6.2f s  %s", seconds, what);
        }
    }

    public Timeline(Consumer<String> progress) {
        this.progress = progress;
    }

    /** Tells and keeps. */
    public void happened(String what) {
        Event event = new Event((System.nanoTime() - begin) / 1e9, what);
        events.add(event);
        progress.accept(event.toString());
    }

    /** Tells only: a step that takes a while begins. */
    public void beginning(String what) {
        progress.accept(new Event((System.nanoTime() - begin) / 1e9, what + " ...").toString());
    }

    public List<Event> events() {
        return List.copyOf(events);
    }
}
