/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Two firewalls as two processes on this machine, and what a program does with them: packets, management API, SIGKILL. */
package twinwall.run.pair;
