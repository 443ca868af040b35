/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.util.concurrent.Executor;

import twinwall.protocol.Answered;
import twinwall.spi.ConfirmationListener;

/** Tells a table's listeners what the peer has confirmed, in order, on a thread of the engine: the connection's own does not wait. */
final class Confirmations {

    private static final System.Logger LOG = System.getLogger("twinwall.engine");

    private final String type;
    private final Executor lane;
    private boolean complained;

    Confirmations(String type, Executor lane) {
        this.type = type;
        this.lane = lane;
    }

    /** Returns at once. */
    void tell(ConfirmationListener listener, Answered how) {
        lane.execute(() -> told(listener, how));
    }

    private void told(ConfirmationListener listener, Answered how) {
        try {
            listener.done(ReportedChanges.confirmation(how));
        } catch (RuntimeException | LinkageError e) {
            if (!complained) {
                complained = true;
                LOG.log(System.Logger.Level.WARNING, "Table ''{0}'': a listener of its handler failed on a confirmation: {1}. Others are "
                        + "told. Further failures are not logged.", type, e);
            }
        }
    }
}
