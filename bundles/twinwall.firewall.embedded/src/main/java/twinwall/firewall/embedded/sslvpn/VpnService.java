/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.sslvpn;

import java.util.Locale;

/** What a user of the gateway may connect to. Each needs a channel, which is kept by one firewall only. */
public enum VpnService {

    /** Bytes to and from configured hosts and ports inside. */
    PORT_FORWARDING,
    /** Pages of configured web servers inside. */
    WEB_PROXY,
    /** Files of a configured folder. */
    FILE_SHARING,
    /** An address inside. */
    NETWORK_EXTENSION;

    /** As in paths: lower case with hyphens. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
