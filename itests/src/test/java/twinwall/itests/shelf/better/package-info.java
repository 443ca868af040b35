/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Backs up the shelf, and is preferred to others that do. */
package twinwall.itests.shelf.better;
