/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pcp;

/** A request that is answered with an error. Without a stack trace, because hosts can cause any number of them. */
final class PcpRefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient PcpResult result;
    private final int lifetimeSeconds;

    PcpRefusedException(PcpResult result) {
        this(result, result.lifetimeSeconds());
    }

    PcpRefusedException(PcpResult result, int lifetimeSeconds) {
        super(result.name(), null, false, false);
        this.result = result;
        this.lifetimeSeconds = lifetimeSeconds;
    }

    PcpResult result() {
        return result;
    }

    int lifetimeSeconds() {
        return lifetimeSeconds;
    }
}
