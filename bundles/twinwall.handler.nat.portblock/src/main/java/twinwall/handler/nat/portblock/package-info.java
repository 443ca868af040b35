/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Backs up the table {@code port-block}. */
package twinwall.handler.nat.portblock;
