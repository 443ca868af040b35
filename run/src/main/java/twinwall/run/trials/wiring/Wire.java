/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.wiring;

import java.io.IOException;

/** A cable of a heartbeat link. What is done to it lasts until it is {@link #heal healed}. For one thread. */
public interface Wire {

    /** Name of the link that uses it, as in the firewalls' status. */
    String link();

    /** Nothing passes any more, and neither end notices: no carrier is lost, no connection reset. */
    default void silence() throws IOException {
        silence(End.A);
        silence(End.B);
    }

    /** What this end sends does not arrive; what the other one sends does. */
    void silence(End from) throws IOException;

    /** As if it was pulled out at one end: where the ends can notice that, they do. */
    void pull(End at) throws IOException;

    /** Everything arrives so much later, both ways. */
    void delay(int millis) throws IOException;

    /** As new. */
    void heal() throws IOException;
}
