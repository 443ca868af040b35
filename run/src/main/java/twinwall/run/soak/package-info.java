/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Two firewalls under mixed load and random failures for as long as one likes: the program {@code run/soak}. */
package twinwall.run.soak;
