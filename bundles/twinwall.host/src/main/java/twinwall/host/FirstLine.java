/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads all that a program writes, so that it never waits for a reader, and keeps the first line of it. */
final class FirstLine extends Thread {

    private static final int LONGEST = 500;

    private final InputStream in;
    private final byte[] kept = new byte[LONGEST];
    private int length;

    FirstLine(InputStream in) {
        super("twinwall-program-output");
        this.in = in;
        setDaemon(true);
    }

    @Override
    public void run() {
        byte[] buffer = new byte[8192];
        try (in) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                keep(buffer, read);
            }
        } catch (IOException expected) {
            // The program was killed.
        }
    }

    private synchronized void keep(byte[] buffer, int read) {
        int more = Math.min(read, LONGEST - length);
        System.arraycopy(buffer, 0, kept, length, more);
        length += more;
    }

    /** What has come so far; of a text in another encoding what can be read. */
    synchronized String line() {
        String text = new String(kept, 0, length, StandardCharsets.UTF_8).strip();
        int end = text.indexOf('\n');
        return (end < 0 ? text : text.substring(0, end)).replaceAll("\\p{Cntrl}", " ").strip();
    }
}
