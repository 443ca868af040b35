/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb;

/** Tries whether a real server answers. */
@FunctionalInterface
public interface Probe {

    /** Whether it does; comes back within the probe's timeout. Whatever goes wrong is no answer. Called on one thread. */
    boolean answers(RealServer server);
}
