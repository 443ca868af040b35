/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * A firewall in memory: packets in, packets out. Start at {@link twinwall.firewall.embedded.EmbeddedFirewall}.
 * <p>
 * It is transparent, a bump in the wire between two interfaces: addresses change only where NAPT applies, MAC addresses, VLAN tags and
 * the hop limit never. The stages a packet goes through are the packages below this one: {@code packet} (reading), {@code lists}
 * (blacklist), {@code session} (flows and their states), {@code rule} (who may begin one), {@code nat} (translation). {@code table} shows
 * the tables to handlers, {@code port} carries packets in and out over TCP for demos and tests.
 */
@Version("1.0.0")
package twinwall.firewall.embedded;

import org.osgi.annotation.versioning.Version;
