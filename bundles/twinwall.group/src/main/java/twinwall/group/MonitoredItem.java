/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.group;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something this firewall needs to do its work: the link of an interface, a router that answers, what a script finds. A
 * service of this type votes on the role: each item that does not work lowers the firewall's priority by 2 (as in Huawei's VGMP group),
 * and the active firewall hands over when its peer has the higher one and is ready.
 */
@ConsumerType
public interface MonitoredItem {

    /** What people call it, for example {@code interface eth1}; at most 64 characters, not changing. */
    String name();

    /**
     * Looks now. Called about once a second, on a thread of this item's own; one that does not return within its deadline counts as
     * failed, as does one that throws, and is asked again when it has returned.
     *
     * @return empty when the item works, else one line that says what does not
     */
    String failure();
}
