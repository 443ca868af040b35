/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.time.Instant;

import twinwall.group.HandlerState;
import twinwall.group.TableStatus.HandlerStatus;
import twinwall.protocol.HandlerOrigin;
import twinwall.protocol.PeerTable;
import twinwall.protocol.TableState;

/** Which handlers back a table up, here and on the peer, as an operator sees them. */
final class HandlerView {

    private HandlerView() {
    }

    /** {@code handler} is the one here, or null. */
    static HandlerState state(HandlerInfo handler, TableState state) {
        if (handler == null) {
            return state.spec().kept() ? HandlerState.KEEPING : HandlerState.MISSING;
        }
        return state.restoreFailure().isEmpty() && state.snapshotFailure().isEmpty() ? HandlerState.WORKING : HandlerState.FAILED;
    }

    static HandlerStatus handler(HandlerInfo handler) {
        return handler == null ? null : new HandlerStatus(handler.bundle(), handler.version(), handler.schema(), handler.since());
    }

    static HandlerState state(PeerTable peer) {
        return switch (peer.standing()) {
            case WORKING -> HandlerState.WORKING;
            case FAILED -> HandlerState.FAILED;
            case KEPT -> HandlerState.KEEPING;
            case NO_HANDLER -> HandlerState.MISSING;
            case UNKNOWN -> HandlerState.UNKNOWN;
        };
    }

    /** Null when the peer has none; without bundle and time when it is of a version that does not tell. */
    static HandlerStatus handler(PeerTable peer) {
        if (peer.schema() < 0) {
            return null;
        }
        HandlerOrigin origin = peer.origin();
        return new HandlerStatus(origin.bundle(), origin.version(), peer.schema(), origin.isKnown()
                ? Instant.ofEpochMilli(origin.sinceMillis()) : null);
    }
}
