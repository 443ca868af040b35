/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Backs up the table {@code nat-3-tuple}. */
package twinwall.handler.nat.threetuple;
