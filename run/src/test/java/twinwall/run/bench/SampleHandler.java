/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import twinwall.firewall.FirewallTable;
import twinwall.firewall.NaptMapping;
import twinwall.handler.RecordTableHandler;

/** A handler as they all are. */
public final class SampleHandler extends RecordTableHandler<NaptMapping> {

    /** Made as the component runtime would. */
    public SampleHandler(FirewallTable<NaptMapping> table) {
        super(table, NaptMapping.class);
    }
}
