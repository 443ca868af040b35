/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Certificates and revocation lists, and TLS servers with them. */
package twinwall.firewall.embedded.pki;
