/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link;

import java.nio.ByteBuffer;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The engine's side of a connection. All methods are called on the one transport thread of the connection,
 * return soon and never call a table handler.
 */
@ProviderType
public interface Conversation {

    /**
     * Writes the next frame to send. Asked while the peer takes bytes, after {@link Connection#wake}, until it answers false.
     *
     * @param into has room for {@link HeartbeatLink#MAX_FRAME} bytes; the frame is what was put between position and the new position
     * @return false when there is nothing to send now
     */
    boolean next(ByteBuffer into);

    /**
     * A whole frame has come.
     *
     * @param frame only valid during the call
     * @throws ProtocolException when it is not what the protocol allows: the transport counts it by reason and closes the connection
     */
    void received(ByteBuffer frame) throws ProtocolException;

    /** The connection is gone; nothing is called any more. */
    void closed(String reason);
}
