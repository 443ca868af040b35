/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Backs up the table {@code crl}. */
package twinwall.handler.pki.crl;
