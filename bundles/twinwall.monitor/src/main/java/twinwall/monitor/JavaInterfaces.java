/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.monitor;

import java.net.NetworkInterface;
import java.net.SocketException;

/** Network interfaces as Java sees them, for systems other than Linux. */
final class JavaInterfaces {

    private JavaInterfaces() {
    }

    /** What keeps the interface from carrying packets, as far as Java can tell; empty when nothing does. */
    static String failure(String name) {
        try {
            NetworkInterface found = NetworkInterface.getByName(name);
            if (found == null) {
                return "there is no such interface";
            }
            return found.isUp() ? "" : "down or without carrier";
        } catch (SocketException e) {
            return "its state cannot be read: " + e.getMessage();
        }
    }
}
