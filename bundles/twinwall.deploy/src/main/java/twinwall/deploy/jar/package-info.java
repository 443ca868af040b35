/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Looks into a jar before anything of it is run: its shape, who signed it, what it is, what it needs. Needs no framework. */
package twinwall.deploy.jar;
