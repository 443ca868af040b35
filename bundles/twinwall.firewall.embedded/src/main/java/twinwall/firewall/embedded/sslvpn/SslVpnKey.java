/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.sslvpn;

import twinwall.firewall.SslVpnUser;

/** What identifies a login. */
record SslVpnKey(String gateway, String user, long session) {

    static SslVpnKey of(SslVpnUser entry) {
        return new SslVpnKey(entry.gateway(), entry.user(), entry.session());
    }
}
