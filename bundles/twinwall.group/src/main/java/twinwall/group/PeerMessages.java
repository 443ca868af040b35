/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.group;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Sends messages to the peer over the running heartbeat link, provided by the engine. Nobody confirms or repeats them: what gets through is
 * in order, what does not is lost. They may hold secrets, packets for example, so they are sent over links with TLS only. Methods may be
 * called from any thread and never block.
 */
@ProviderType
public interface PeerMessages {

    /** Bytes that a message may have. */
    int MOST_BYTES = 16 * 1024;

    /**
     * Sends a message.
     *
     * @param topic 1 to 64 letters; a {@link PeerMessageListener} with it hears of the message there. One that nobody has is dropped there
     * @param message at most {@value #MOST_BYTES} bytes; not to be changed any more
     * @return false when it is not sent, which the group's status counts by reason: no link runs, it has no TLS, or too much waits already
     * @throws IllegalArgumentException when topic or message are longer than allowed, or the topic is empty
     */
    boolean send(String topic, byte[] message);
}
