/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb;

/** Says which real servers may be given new clients. Asked on the packet path, and from any thread: it answers at once. */
@FunctionalInterface
public interface Health {

    /** Takes every server for healthy: where nobody probes. */
    Health UNKNOWN = server -> true;

    /** Whether the server is healthy as far as is known. One that nothing is known of is. */
    boolean healthy(RealServer server);
}
