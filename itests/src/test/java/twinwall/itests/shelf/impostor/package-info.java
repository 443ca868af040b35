/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** A handler for a table that has one. */
package twinwall.itests.shelf.impostor;
