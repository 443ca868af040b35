/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Inputs of fuzz targets as tests. Not for vendors: no API. */
package twinwall.testkit.fuzz;
