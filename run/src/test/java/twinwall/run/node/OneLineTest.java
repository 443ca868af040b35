/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;

import org.junit.jupiter.api.Test;

class OneLineTest {

    @Test
    void aRecordIsOneLineWhateverIsInIt() {
        LogRecord record = record(Level.SEVERE, "first\r\n  second\u001b[31m");
        record.setThrown(new IllegalStateException("outer\nline", new NullPointerException("inner")));

        String line = new OneLine().format(record);

        assertThat(line).endsWith("]\n")
            .contains(" ERROR twinwall.engine  first second?[31m [java.lang.IllegalStateException: outer line at ")
            .contains("[java.lang.NullPointerException: inner at ");
        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
    }

    @Test
    void theLevelIsInTheWordsOfTheSuite() {
        assertThat(new OneLine().format(record(Level.INFO, "m"))).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]{12} INFO twinwall.engine  m\n");
        assertThat(new OneLine().format(record(Level.WARNING, "m"))).contains(" WARN ");
        assertThat(new OneLine().format(record(Level.FINE, "m"))).contains(" DEBUG ");
    }

    private static LogRecord record(Level level, String message) {
        LogRecord record = new LogRecord(level, message);
        record.setLoggerName("twinwall.engine");
        return record;
    }
}
