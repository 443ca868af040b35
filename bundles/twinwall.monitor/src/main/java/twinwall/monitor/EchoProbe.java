/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.monitor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Sends an ICMP echo request. That needs root or CAP_NET_RAW; without, Java tries the echo port of TCP instead, and then a host that
 * refuses the connection has answered, too.
 */
record EchoProbe(String host, int timeoutMillis) implements Probe {

    @Override
    public String failure() {
        try {
            return InetAddress.getByName(host).isReachable(timeoutMillis) ? "" : "no answer from " + host + " within " + timeoutMillis
                + " ms";
        } catch (UnknownHostException e) {
            return "host " + host + " is not known here";
        } catch (IOException e) {
            return "no answer from " + host + ": " + e.getMessage();
        }
    }
}
