/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * DS-Lite, the side of the provider (AFTR, RFC 6333): IPv4 clients behind IPv6 tunnels share public IPv4 addresses, and may have servers
 * there. {@link twinwall.firewall.embedded.dslite.Softwires} opens and closes the tunnels.
 */
package twinwall.firewall.embedded.dslite;
