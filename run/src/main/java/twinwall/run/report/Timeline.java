/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What happened when, told as it happens and kept for the report. Its time begins when it is made. For one thread. */
public final class Timeline {

    private final long begin = System.nanoTime();
    private final List<Event> events = new ArrayList<>();
    private final Consumer<String> progress;

    /**
     * Something that happened.
     *
     * @param seconds since the time line began
     * @param what a sentence
     */
    public record Event(double seconds, String what) {

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%6.2f s  %s", seconds, what);
        }
    }

    /**
     * Without events.
     *
     * @param progress takes each line when it happens, on the thread that tells it
     */
    public Timeline(Consumer<String> progress) {
        this.progress = progress;
    }

    /** Tells and keeps that something has happened, a sentence. */
    public void happened(String what) {
        Event event = new Event((System.nanoTime() - begin) / 1e9, what);
        events.add(event);
        progress.accept(event.toString());
    }

    /** Tells only: a step that takes a while begins. Without a full stop; dots are added. */
    public void beginning(String what) {
        progress.accept(new Event((System.nanoTime() - begin) / 1e9, what + " ...").toString());
    }

    /** What was kept, in its order; a copy. */
    public List<Event> events() {
        return List.copyOf(events);
    }
}
