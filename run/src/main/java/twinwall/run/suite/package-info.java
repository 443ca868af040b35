/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What other containers install the suite from, written by the build: a feature for Karaf and a feature of OSGi. */
package twinwall.run.suite;
