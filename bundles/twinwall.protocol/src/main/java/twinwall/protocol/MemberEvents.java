/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.Map;

import org.osgi.annotation.versioning.ConsumerType;
import twinwall.group.Role;

/** What a {@link Member} tells whoever runs it. Called with its lock held: return at once, and do the work elsewhere. */
@ConsumerType
public interface MemberEvents {

    /**
     * The local role changed. After the firewall knows, {@link Member#roleKnown} must be called.
     *
     * @param peerPriority -1 when it was never heard
     */
    void roleChanged(Role from, Role to, String reason, int peerPriority);

    /** The peer is lost and this firewall takes over: what it never got, per table type. */
    void lost(String cause, Map<String, Shortfall> tables);

    /** A handover has ended: a switchover on command, or one that the group's rules began. */
    void handoverEnded(HandoverEnd end);

    /** The peer has other settings for hellos than this firewall; both keep to the slower. */
    void hellosDiffer(Hellos here, Hellos there, Hellos agreed);

    /** A message of the peer, in order. Called without the lock. Default: nobody is interested. */
    default void message(String topic, byte[] message) {
    }

    /**
     * The peer offers a table that was never here. It may be {@link Member#add added} with a replica that keeps its entries. Default: they
     * stay with the peer alone.
     *
     * @param layout of the peer's entries
     * @param confidential the link has TLS
     */
    default void unknownTable(String type, Work.Open layout, boolean confidential) {
    }

    /** Both firewalls were active, one has yielded, and the tables are equal again. Told on both. */
    void splitBrain(SplitBrain report);

    /** The peer has switched quick backup. */
    void peerSwitchedQuickBackup(boolean on);
}
