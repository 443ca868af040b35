/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pcp;

import java.util.ArrayList;
import java.util.List;

import twinwall.firewall.PcpMapping;
import twinwall.firewall.embedded.table.AddressKey;
import twinwall.firewall.embedded.table.Slot;

/** The mappings of one inside endpoint: they share its public endpoint (RFC 6887, section 11.3). */
final class PcpBinding {

    final AddressKey inside;
    final AddressKey outside;
    final List<Slot<PcpMapping>> mappings = new ArrayList<>(1);

    PcpBinding(AddressKey inside, AddressKey outside) {
        this.inside = inside;
        this.outside = outside;
    }
}
