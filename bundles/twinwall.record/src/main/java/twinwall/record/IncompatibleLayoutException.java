/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record;

/** The peer lays out its entries in a way that cannot be read here. The message names the component, for an operator. */
public final class IncompatibleLayoutException extends RecordFormatException {

    private static final long serialVersionUID = 1L;

    /** Says which component differs, and how. */
    public IncompatibleLayoutException(String message) {
        super(message);
    }
}
