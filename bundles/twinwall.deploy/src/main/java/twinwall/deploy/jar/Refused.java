/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy.jar;

import twinwall.group.FileVerdict;

/** A file is not used. The message is one line that says what is wrong and what to do. */
public final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final FileVerdict verdict;

    /** Refuses with a verdict. */
    public Refused(FileVerdict verdict, String message) {
        super(message);
        this.verdict = verdict;
    }

    /** Which kind of refusal it is. */
    public FileVerdict verdict() {
        return verdict;
    }
}
