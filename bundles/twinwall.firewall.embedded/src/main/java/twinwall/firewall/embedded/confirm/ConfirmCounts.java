/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.confirm;

import java.util.LinkedHashMap;
import java.util.Map;

/** What became of sessions and frames. Used under the firewall's lock only. */
final class ConfirmCounts {

    /** Sessions whose first packet waited. */
    long held;
    /** Of these, those that the peer confirmed. */
    long confirmed;
    /** Those that waited as long as they may. */
    long boundHit;
    /** Those of which the peer will not say it, because it is gone or slow with others. */
    long givenUp;
    /** Frames that found no room to wait. */
    long noRoom;
    /** Frames of sessions that were held, the first ones included. */
    long frames;
    /** Frames that were dropped because their session was not confirmed. */
    long dropped;

    Map<String, Long> named(long fallbacks) {
        Map<String, Long> all = new LinkedHashMap<>();
        all.put("held", held);
        all.put("confirmed", confirmed);
        all.put("bound-hit", boundHit);
        all.put("given-up", givenUp);
        all.put("fell-back", fallbacks);
        all.put("frames", frames);
        all.put("no-room", noRoom);
        all.put("dropped", dropped);
        return all;
    }
}
