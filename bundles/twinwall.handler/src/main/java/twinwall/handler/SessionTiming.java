/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler;

import java.util.Map;
import java.util.Optional;

import twinwall.firewall.Endpoint4;
import twinwall.firewall.SessionFacts;
import twinwall.firewall.SessionState;
import twinwall.spi.BackupTiming;

/**
 * When a session, and what depends on it, is due for backup. By default once it is set up: TCP after the three-way and SCTP after the
 * four-way handshake, UDP and other protocols on the second packet in forward direction; ICMP never. With quick backup from its first
 * packet. Sessions to or from the firewall itself never, unless {@code backup_local_sessions} is set in {@value #PID}.
 * <p>
 * A session never goes back from set up to half-open. A firewall on which a new session takes the addresses and ports of an old one
 * reports the end of the old one first.
 */
public final class SessionTiming {

    /** PID of what the session handlers are told. */
    public static final String PID = "twinwall.handler.session";

    private static final String LOCAL = "backup_local_sessions";
    private static final int ICMP = 1;
    private static final int ICMP_V6 = 58;

    private SessionTiming() {
    }

    /** Whether sessions to or from the firewall itself are backed up like others: {@code backup_local_sessions}, default false. */
    public static boolean backsUpLocal(Map<String, ?> properties) {
        return Boolean.parseBoolean(String.valueOf(properties.get(LOCAL)).strip());
    }

    /**
     * Whether a session is due.
     *
     * @param protocol IP protocol number
     * @param local to or from the firewall itself
     */
    public static boolean due(int protocol, SessionState state, boolean local, BackupTiming timing) {
        if (local) {
            return false;
        }
        if (timing == BackupTiming.QUICK) {
            return true;
        }
        return !isIcmp(protocol) && state.compareTo(SessionState.ESTABLISHED) >= 0;
    }

    /**
     * Which of two sessions with one key is further: the one created later, for the older one is gone where the later one was created;
     * of one and the same session the further state; of one that both firewalls began the lower public endpoint, so that the session and
     * its mapping are of the same firewall. Positive for the first, negative for the second, 0 when neither is.
     */
    public static int compare(SessionFacts one, SessionFacts other) {
        int later = Long.compare(one.createdSeconds(), other.createdSeconds());
        int further = later != 0 ? later : Integer.signum(one.state().compareTo(other.state()));
        return further != 0 ? further : compare(one.translated(), other.translated());
    }

    /** One that has none keeps none. */
    private static int compare(Optional<Endpoint4> one, Optional<Endpoint4> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return (one.isEmpty() ? 1 : 0) - (other.isEmpty() ? 1 : 0);
        }
        int address = Integer.compareUnsigned(other.get().address().bits(), one.get().address().bits());
        return address != 0 ? address : Integer.compare(other.get().port(), one.get().port());
    }

    static boolean isIcmp(int protocol) {
        return protocol == ICMP || protocol == ICMP_V6;
    }
}
