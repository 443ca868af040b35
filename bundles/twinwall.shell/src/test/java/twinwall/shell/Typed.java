/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.shell;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;

import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;

/** Calls commands as a person types them into Gogo's own shell. */
final class Typed {

    private final CommandProcessorImpl shell = new CommandProcessorImpl(new ThreadIOImpl());

    /** These are functions of scope {@code twinwall}. */
    Typed offering(Object commands, String... functions) {
        for (String function : functions) {
            shell.addCommand("twinwall", commands, function);
        }
        return this;
    }

    /** What a line gives. */
    String line(String line) throws Exception {
        PrintStream out = new PrintStream(new ByteArrayOutputStream());
        try (CommandSession session = shell.createSession(InputStream.nullInputStream(), out, out)) {
            return String.valueOf(session.execute(line));
        }
    }
}
