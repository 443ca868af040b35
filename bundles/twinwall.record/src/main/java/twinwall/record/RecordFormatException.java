/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record;

import java.io.IOException;

import org.osgi.annotation.versioning.ProviderType;

/** Bytes are not what a record of the expected layout is written as. The message says in plain words what is wrong with them. */
@ProviderType
public class RecordFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public RecordFormatException(String message) {
        super(message);
    }

    /** Says what is wrong and what found it. */
    public RecordFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
