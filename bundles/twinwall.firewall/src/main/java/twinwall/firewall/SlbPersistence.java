/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import twinwall.record.Fixed;
import twinwall.record.Key;
import twinwall.record.Soft;

/**
 * An entry of the table {@code l7-slb}: the real server that a client of a virtual server for HTTP or TLS is given. What the client shows
 * to be recognised is kept as a hash only, so that nobody who reads the entry can pass himself off as the client.
 *
 * @param server name of the virtual server
 * @param kind what the client shows
 * @param idHash the first 16 bytes of the SHA-256 of it
 * @param real where its requests go
 * @param realPort where its requests go
 * @param remainingSeconds until the client may be given another one when it does not come back
 */
public record SlbPersistence(@Key String server, @Key Kind kind, @Key byte[] idHash, Ip4 real, @Fixed(2) int realPort,
        @Soft int remainingSeconds) {

    /** By what a client is recognised. */
    public enum Kind {
        /** A cookie that the firewall has set. */
        COOKIE,
        /** The session identifier that a server of TLS 1.2 or older has given. */
        TLS_SESSION,
        /** Its address. */
        ADDRESS
    }
}
