/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import twinwall.record.Fixed;
import twinwall.record.Key;
import twinwall.record.MacAddress;
import twinwall.record.Soft;

/**
 * An entry of the table {@code static-mac}: the interface behind which an Ethernet address is.
 *
 * @param vlan VLAN identifier, 0 to 4094; 0 for frames without one
 * @param address of one station, not of a group
 * @param networkInterface number of the interface
 * @param type who put it in; only static entries are backed up
 * @param remainingSeconds until a learned entry is forgotten when its station sends nothing; 0 for a static one
 */
public record MacEntry(@Key @Fixed(2) int vlan, @Key MacAddress address, int networkInterface, Type type, @Soft int remainingSeconds) {

    /** Who put an entry in. */
    public enum Type {
        /** A person: it stays, and its address is nowhere else. */
        STATIC,
        /** The firewall, because the station sent something. */
        LEARNED
    }
}
