/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.monitor;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * A FIFO that is read line by line without ever waiting. It is held open for reading and writing, so that it has no end when its writer
 * goes. A writer may remove it and make it anew.
 */
final class NotifyFifo implements AutoCloseable {

    private static final int LONGEST_LINE = 1024;
    private static final int MOST_AT_ONCE = 65_536;

    private final Path path;
    private final StringBuilder line = new StringBuilder();
    private RandomAccessFile file;
    private InputStream in;
    private Object identity;

    NotifyFifo(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /**
     * The whole lines that have come since the last call, oldest first.
     *
     * @throws IOException when there is no FIFO, with what is there instead; what was in an earlier one has been read before
     */
    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        if (in != null) {
            read(lines);
        }
        if (in == null || !isSame()) {
            if (!lines.isEmpty()) {
                // The last words of a writer that has gone: the next call looks for the new FIFO.
                return lines;
            }
            close();
            open();
            read(lines);
        }
        return lines;
    }

    private boolean isSame() throws IOException {
        return Files.exists(path) && identity.equals(attributes().fileKey());
    }

    private BasicFileAttributes attributes() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class);
    }

    private void open() throws IOException {
        if (!Files.exists(path)) {
            throw new IOException("there is no FIFO " + path);
        }
        BasicFileAttributes attributes = attributes();
        // Opened for writing below, which would make a file, or change one.
        if (!attributes.isOther()) {
            throw new IOException(path + " is no FIFO");
        }
        file = new RandomAccessFile(path.toFile(), "rw");
        in = new FileInputStream(file.getFD());
        identity = attributes.fileKey();
        line.setLength(0);
    }

    private void read(List<String> lines) throws IOException {
        byte[] buffer = new byte[LONGEST_LINE];
        for (int total = 0; total < MOST_AT_ONCE && in.available() > 0;) {
            int read = in.read(buffer, 0, Math.min(buffer.length, in.available()));
            total += Math.max(read, 1);
            for (char c : new String(buffer, 0, Math.max(read, 0), StandardCharsets.ISO_8859_1).toCharArray()) {
                if (c == '\n') {
                    lines.add(line.toString());
                    line.setLength(0);
                } else if (line.length() < LONGEST_LINE) {
                    line.append(c);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
        file = null;
        in = null;
    }
}
