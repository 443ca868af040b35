/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

import twinwall.record.Fixed;
import twinwall.record.Key;
import twinwall.record.Secret;
import twinwall.record.Soft;

/**
 * An entry of the table {@code ssl-vpn-user}: one login of a user at a virtual gateway. The token that the user's client shows is in no
 * entry, only its hash: who reads the table or the heartbeat link cannot use the session.
 *
 * @param gateway name of the virtual gateway
 * @param user name
 * @param session number of this login, random
 * @param tokenHash of the token, 256 random bits, in the form in which the client shows it
 * @param client address from which the user logged in
 * @param assigned address of the user's host inside, for the network extension; empty when there is none
 * @param loginSeconds when, seconds since 1970
 * @param roles the user's group path, and security group if any
 * @param timeoutSeconds the session ends when it is not used for so long
 * @param remainingSeconds until then
 */
public record SslVpnUser(@Key String gateway, @Key String user, @Key @Fixed(8) long session, @Secret Sha256 tokenHash,
        InetAddress client, Optional<Ip4> assigned, @Fixed(4) long loginSeconds, List<String> roles, int timeoutSeconds,
        @Soft int remainingSeconds) {

    /** Without the hash. */
    @Override
    public String toString() {
        return user + " at " + gateway + ", session " + Long.toHexString(session) + " from " + client.getHostAddress();
    }
}
