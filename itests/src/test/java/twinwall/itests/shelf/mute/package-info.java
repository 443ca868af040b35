/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** A handler that starts, and whose snapshot does not work. */
package twinwall.itests.shelf.mute;
