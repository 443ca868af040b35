/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Failures at random moments, under traffic, again and again: the program {@code run/trials}. */
package twinwall.run.trials;
