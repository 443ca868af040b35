/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Writes a log record as one line: {@code 2026-11-22T10:00:00.123 INFO twinwall.engine  message}. */
final class OneLine extends Formatter {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT)
        .withZone(ZoneId.systemDefault());

    // Held, because the log manager holds its loggers weakly and would forget the level. Not final: made after the log manager is chosen.
    private static Logger twinwall;

    /** The JDK empties its log manager when the process is asked to end, in parallel with our own clean stop: keep what is said there. */
    public static final class SteadyLogManager extends LogManager {

        @Override
        public void reset() {
            // nothing to release: the only handler writes to stderr
        }
    }

    /** Sends the process's log to stderr in this form. Must run before the first log record. */
    static void install(boolean verbose) {
        System.setProperty("java.util.logging.manager", SteadyLogManager.class.getName());
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        ConsoleHandler console = new ConsoleHandler();
        console.setFormatter(new OneLine());
        console.setLevel(Level.ALL);
        root.addHandler(console);
        root.setLevel(Level.INFO);
        twinwall = Logger.getLogger("twinwall");
        twinwall.setLevel(verbose ? Level.FINE : Level.INFO);
    }

    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder(TIME.format(Instant.ofEpochMilli(record.getMillis())))
            .append(' ').append(level(record.getLevel()))
            .append(' ').append(record.getLoggerName())
            .append("  ").append(clean(formatMessage(record)));
        for (Throwable t = record.getThrown(); t != null; t = t.getCause() == t ? null : t.getCause()) {
            line.append(" [").append(clean(t.toString()));
            if (t.getStackTrace().length > 0) {
                line.append(" at ").append(t.getStackTrace()[0]);
            }
            line.append(']');
        }
        return line.append('\n').toString();
    }

    private static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "WARN";
        }
        return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }

    private static String clean(String message) {
        return message == null ? "" : message.replaceAll("\\s*[\\r\\n]+\\s*", " ").replaceAll("\\p{Cntrl}", "?");
    }
}
