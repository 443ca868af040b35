/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link;

import java.util.Map;

/**
 * What an operator reads about a link.
 *
 * @param connected a connection to the peer stands
 * @param configured false when the configuration cannot work; {@code detail} says why
 * @param detail one line: addresses, or why there is no connection
 * @param bytesSent since the link was opened, as handed to the network, encryption included
 * @param bytesReceived since the link was opened
 * @param refused connections closed by this side since the link was opened, by reason
 */
public record LinkReport(boolean connected, boolean configured, String detail, long bytesSent, long bytesReceived,
        Map<String, Long> refused) {
}
