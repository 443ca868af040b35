/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Backs up a shelf whose entries never travel in plain text. */
package twinwall.itests.shelf.secret;
