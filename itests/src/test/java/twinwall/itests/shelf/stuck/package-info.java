/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** A handler whose making does not come back. */
package twinwall.itests.shelf.stuck;
