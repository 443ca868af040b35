/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** A handler that cannot be made. */
package twinwall.itests.shelf.broken;
