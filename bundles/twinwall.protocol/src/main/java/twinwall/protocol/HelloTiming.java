/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

/**
 * The hellos that this firewall keeps to: its own until the peer's are known, then the slower of both, so that neither takes the other for
 * down earlier than that one expects. Written under the lock of its {@link Member}, read by any thread.
 */
final class HelloTiming {

    private final Hellos here;
    private volatile Hellos agreed;
    private Hellos there;

    HelloTiming(Hellos here) {
        this.here = here;
        this.agreed = here;
    }

    /**
     * The peer has told its own.
     *
     * @return whether they differ from those here, and this was not known
     */
    boolean agree(Hellos ofPeer) {
        boolean news = !ofPeer.equals(there) && !ofPeer.equals(here);
        there = ofPeer;
        agreed = here.slower(ofPeer);
        return news;
    }

    Hellos now() {
        return agreed;
    }

    long intervalMillis() {
        return agreed.intervalMillis();
    }

    long detectionMillis() {
        return agreed.detectionMillis();
    }
}
