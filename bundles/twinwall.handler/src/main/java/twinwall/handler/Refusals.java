/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler;

import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

import twinwall.firewall.EntryRefusedException;

/**
 * The peer's entries that this firewall did not take: counted by reason, the first of each reason logged. Keeps {@value #MOST_REASONS}
 * reasons; those beyond, and a reason that is no name, are counted as {@value #OTHER}. For any number of threads.
 */
final class Refusals {

    static final int MOST_REASONS = 16;
    static final String OTHER = "other";

    private static final System.Logger LOG = System.getLogger("twinwall.handler");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
    private static final int LONGEST_MESSAGE = 500;

    private final String entry;
    private final String handler;
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    /** Of entries of that name that come through that handler. */
    Refusals(String entry, String handler) {
        this.entry = entry;
        this.handler = handler;
    }

    /** One more. */
    void add(EntryRefusedException refusal) {
        String reason = known(refusal.reason());
        LongAdder first = new LongAdder();
        LongAdder count = counts.putIfAbsent(reason, first);
        if (count == null) {
            count = first;
            LOG.log(Level.WARNING, "Handler {0} did not take an entry ({1}) of the peer, {2}: {3}. Its other entries and the other tables "
                    + "go on. Further ones of this kind are counted, not logged.", handler, entry, reason, oneLine(refusal.getMessage()));
        }
        count.increment();
    }

    private String known(String reason) {
        if (reason == null || !NAME.matcher(reason).matches()) {
            return OTHER;
        }
        return counts.containsKey(reason) || counts.size() < MOST_REASONS ? reason : OTHER;
    }

    /** What the message quotes may be the peer's. */
    private static String oneLine(String message) {
        String line = CONTROL.matcher(String.valueOf(message)).replaceAll(" ").strip();
        String cut = line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "...";
        return cut.endsWith(".") ? cut.substring(0, cut.length() - 1) : cut;
    }

    /** How many there were, by reason. */
    Map<String, Long> counts() {
        Map<String, Long> now = new TreeMap<>();
        counts.forEach((reason, count) -> now.put(reason, count.sum()));
        return now;
    }
}
