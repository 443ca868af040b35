/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What programs with a command line have in common. */
package twinwall.run.program;
