/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;

import twinwall.link.ProtocolException;

/**
 * Which handler backs a table up on its firewall, for people to read.
 *
 * @param bundle symbolic name of the bundle it comes from; empty when it is not known
 * @param version of that bundle
 * @param sinceMillis when it came, in milliseconds since 1970 by the clock of that firewall
 */
public record HandlerOrigin(String bundle, String version, long sinceMillis) {

    /** Of a handler that nobody has told of, and of none. */
    public static final HandlerOrigin UNKNOWN = new HandlerOrigin("", "", 0);

    /** Whether it was told. */
    public boolean isKnown() {
        return !bundle.isEmpty();
    }

    void write(ByteBuffer into) {
        Wire.putText(into, bundle);
        Wire.putText(into, version);
        Wire.putNumber(into, sinceMillis);
    }

    /** What ends an offer; not there when the peer does not tell. */
    static HandlerOrigin read(ByteBuffer from) throws ProtocolException {
        return from.hasRemaining() ? new HandlerOrigin(Wire.text(from, "a bundle's name"), Wire.text(from, "a bundle's version"),
                Wire.number(from)) : UNKNOWN;
    }
}
