/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** An authority of the programs' own, for certificates and revocation lists as people would import them. */
package twinwall.run.pki;
