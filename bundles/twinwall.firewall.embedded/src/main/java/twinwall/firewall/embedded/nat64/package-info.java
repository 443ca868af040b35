/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Stateful NAT64 (RFC 6146): IPv6 clients reach IPv4 servers. {@link twinwall.firewall.embedded.nat64.Nat64Prefix} puts IPv4 addresses into
 * IPv6 ones, {@link twinwall.firewall.embedded.nat64.Crossing} translates packets (RFC 7915).
 */
package twinwall.firewall.embedded.nat64;
