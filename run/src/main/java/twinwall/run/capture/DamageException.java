/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.capture;

import java.io.IOException;

/** The capture cannot be read further; what was read so far is good. */
final class DamageException extends IOException {

    private static final long serialVersionUID = 1;

    DamageException(String what) {
        super(what);
    }
}
