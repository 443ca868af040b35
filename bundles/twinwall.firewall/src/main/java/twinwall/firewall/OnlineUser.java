/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import java.net.InetAddress;

import twinwall.record.Fixed;
import twinwall.record.Key;
import twinwall.record.Soft;

/**
 * An entry of the table {@code aaa-user}: a user who is logged in at an address.
 *
 * @param vsys virtual system, 0 when there is one only
 * @param address where the user is, IPv4 or IPv6; one user per address
 * @param user name as it was given at the login
 * @param groupPath the group the user is in, {@code /} or a path such as {@code /staff/sales}
 * @param securityGroup a group across that tree; empty when none
 * @param origin who knows the user
 * @param method how it was proved who the user is
 * @param loginSeconds when the user came, seconds since 1970
 * @param timeoutSeconds the user is logged out when no packet came for so long; 0: never
 * @param remainingSeconds until then; 0 when never
 */
public record OnlineUser(@Key int vsys, @Key InetAddress address, String user, String groupPath, String securityGroup, Origin origin,
        Method method, @Fixed(4) long loginSeconds, int timeoutSeconds, @Soft int remainingSeconds) {

    /** Who knows a user. */
    public enum Origin {
        /** The firewall's own credential file. */
        LOCAL,
        /** Another server, which told the firewall. */
        EXTERNAL
    }

    /** How it was proved who a user is. */
    public enum Method {
        /** A password, checked by the firewall. */
        PASSWORD,
        /** Said by a network access server (RFC 2866). */
        RADIUS_ACCOUNTING
    }
}
