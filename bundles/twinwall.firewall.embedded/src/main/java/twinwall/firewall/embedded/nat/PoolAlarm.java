/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Tells once when the blocks of a pool run out, and once when there are enough again: a tenth of all below where it warned. */
final class PoolAlarm {

    private static final Logger LOG = System.getLogger("twinwall.firewall.embedded");
    private static final int CALMER = 10;

    private final int percent;
    private boolean raised;

    PoolAlarm(int percent) {
        this.percent = percent;
    }

    boolean raised() {
        return raised;
    }

    /** So many of all blocks are allocated. */
    void seen(long held, long total) {
        if (!raised && total > 0 && held * 100 >= total * percent) {
            raised = true;
            LOG.log(Level.WARNING, "napt_pool: {0} of {1} port blocks are allocated. New subscribers get one while any is left. "
                    + "Add public addresses, or make napt_port_block_size smaller.", held, total);
        } else if (raised && held * 100 < total * (percent - CALMER)) {
            raised = false;
            LOG.log(Level.INFO, "napt_pool: {0} of {1} port blocks are allocated. There are enough again.", held, total);
        }
    }
}
