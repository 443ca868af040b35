/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench.vendor;

/** The second version: addresses and host names. */
public final class LeasesV2 extends Leases {

    @Override
    int schema() {
        return 2;
    }
}
