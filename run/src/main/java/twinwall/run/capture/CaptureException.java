/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.capture;

import java.io.IOException;

/** A capture cannot be used. The message is one line for people and names the file. */
public final class CaptureException extends IOException {

    private static final long serialVersionUID = 1;

    /** Says why, in one line that names the file. */
    public CaptureException(String message) {
        super(message);
    }
}
