/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.group;

import org.osgi.annotation.versioning.ConsumerType;

/** A service that hears of the peer's messages with the topic that its property {@value #TOPIC} names. */
@ConsumerType
public interface PeerMessageListener {

    /** Service property: the topic, a text. */
    String TOPIC = "peer.message.topic";

    /**
     * A message has come from the peer, which is trusted as far as its certificate goes and may be of another version. Called on one thread
     * of the engine at a time, in order; messages wait until this returns, and are dropped when too many wait.
     */
    void message(byte[] message);
}
