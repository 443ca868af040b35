/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** A vendor's handler for a table of its own, straight on the SPI. Goes into bundles that the tests build; no test class is used here. */
package twinwall.itests.shelf;
