/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.monitor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that keepalived writes to its notify FIFO, for example {@code INSTANCE "VI_1" MASTER 150} (keepalived.conf(5), "notify_fifo").
 *
 * @param state as keepalived names it: {@code MASTER}, {@code BACKUP}, {@code FAULT}, {@code STOP} and more
 */
record VrrpNotice(Kind kind, String name, String state) {

    private static final Pattern LINE = Pattern.compile("(INSTANCE|GROUP) \"([^\"]*)\" ([A-Z_]+)( .*)?");

    /** What a notice is about. */
    enum Kind {
        /** One VRRP instance. */
        INSTANCE,
        /** A group of VRRP instances that change together. */
        GROUP
    }

    /** Reads a line; other lines (of virtual servers, for example) give nothing. */
    static Optional<VrrpNotice> read(String line) {
        Matcher matcher = LINE.matcher(line.strip());
        return matcher.matches() ? Optional.of(new VrrpNotice(Kind.valueOf(matcher.group(1)), matcher.group(2), matcher.group(3)))
            : Optional.empty();
    }

    /** Whether it tells of a state, not of something that happened within one ({@code MASTER_PRIO}, {@code MASTER_RX_LOWER_PRI}). */
    boolean isState() {
        return state.indexOf('_') < 0;
    }
}
