/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Backs up the table {@code ipsec-tunnel}. */
package twinwall.handler.ipsec;
