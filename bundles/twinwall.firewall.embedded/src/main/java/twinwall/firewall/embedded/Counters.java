/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.util.Map;

/**
 * What the firewall has done since it started, and how full its tables are.
 *
 * @param received packets handed in
 * @param forwarded packets forwarded
 * @param redirected packets taken for the peer to forward
 * @param dropped packets dropped, by reason; every reason is present
 * @param ipv4Sessions entries now
 * @param ipv6Sessions entries now
 * @param halfOpenSessions TCP and SCTP sessions whose handshake is not complete, now
 * @param naptMappings entries now
 * @param blacklistEntries entries now
 */
public record Counters(long received, long forwarded, long redirected, Map<DropReason, Long> dropped, int ipv4Sessions, int ipv6Sessions,
        int halfOpenSessions, int naptMappings, int blacklistEntries) {

    /** Packets dropped for that reason. */
    public long dropped(DropReason reason) {
        return dropped.getOrDefault(reason, 0L);
    }
}
