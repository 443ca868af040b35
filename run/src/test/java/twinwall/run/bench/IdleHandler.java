/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import twinwall.firewall.FirewallTable;
import twinwall.firewall.NaptMapping;
import twinwall.handler.RecordTableHandler;
import twinwall.spi.BackupTiming;

/** A handler that backs up nothing. */
public final class IdleHandler extends RecordTableHandler<NaptMapping> {

    /** Made as the component runtime would. */
    public IdleHandler(FirewallTable<NaptMapping> table) {
        super(table, NaptMapping.class);
    }

    @Override
    protected boolean due(NaptMapping entry, BackupTiming timing) {
        return false;
    }
}
