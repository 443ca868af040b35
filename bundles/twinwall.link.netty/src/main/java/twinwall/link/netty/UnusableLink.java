/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import java.util.Map;

import twinwall.link.HeartbeatLink;
import twinwall.link.LinkReport;
import twinwall.link.LinkUser;

/** Stands for a link whose configuration cannot work, so that the status shows it and why. */
record UnusableLink(String name, int order, String why) implements HeartbeatLink {

    @Override
    public AutoCloseable open(LinkUser user) {
        return () -> {
        };
    }

    @Override
    public LinkReport report() {
        return new LinkReport(false, false, why, 0, 0, Map.of());
    }
}
