/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Backs up the table {@code nat-no-pat}. */
package twinwall.handler.nat.nopat;
