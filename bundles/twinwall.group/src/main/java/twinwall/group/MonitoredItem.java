/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.group;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something this firewall needs to do its work: the link of an interface, a router that answers, what a script finds. A
 * service of this type votes on the role: each item that does not work lowers the firewall's priority by 2 (as in Huawei's VGMP group),
 * and the active firewall hands over when its peer has the higher one and is ready. A service that goes away has no vote.
 */
@ConsumerType
public interface MonitoredItem {

    /** What people call it, for example {@code interface eth1}; at most 64 characters, not changing. */
    String name();

    /**
     * Looks now. Called about once a second, by one thread at a time, on which nothing else waits; one that does not return within 5 s
     * counts as failed, as does one that throws, and is asked again when it has returned. The engine acts on every answer: an item that
     * must fail more than once before it counts keeps count itself.
     *
     * @return empty when the item works, else one line that says what does not
     */
    String failure();
}
