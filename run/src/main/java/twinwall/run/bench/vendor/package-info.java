/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What a vendor could have written: a table of leases and handlers for it, with nothing but the SPI and the JDK. Made into signed bundles
 * while
 * the bench runs, and put into the drop folders of two firewalls.
 */
package twinwall.run.bench.vendor;
