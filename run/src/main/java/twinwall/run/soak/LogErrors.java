/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.soak;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads what a log has got since it was last read, for lines that should not be there. For one thread. */
final class LogErrors {

    /** Every line that a node means to write begins with a time and a level. */
    private static final Pattern LINE = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+ (DEBUG|INFO|WARN|ERROR) .*");
    private static final int MOST_AT_ONCE = 16 << 20;

    private final Path log;
    private long read;
    private long warnings;

    LogErrors(Path log) {
        this.log = log;
    }

    /** Lines with level ERROR, and lines that are no log lines, since the last call. What has no line end yet is left for the next. */
    List<String> more() throws IOException {
        List<String> errors = new ArrayList<>();
        for (String line : lines()) {
            if (!LINE.matcher(line).matches() || line.substring(0, Math.min(line.length(), 40)).contains(" ERROR ")) {
                errors.add(line);
            } else if (line.substring(0, Math.min(line.length(), 40)).contains(" WARN ")) {
                warnings++;
            }
        }
        return errors;
    }

    private List<String> lines() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(read);
            byte[] bytes = new byte[(int) Math.min(MOST_AT_ONCE, file.length() - read)];
            file.readFully(bytes);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            read += end;
            return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank()).toList();
        }
    }

    /** Lines with level WARN so far. */
    long warnings() {
        return warnings;
    }
}
