/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench.vendor;

/** The first version: addresses. */
public final class LeasesV1 extends Leases {

    @Override
    int schema() {
        return 1;
    }
}
