/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** A handler that does not let go: its end does not come before it is told to. */
package twinwall.itests.shelf.clinging;
