/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.nat.napt;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.NaptMapping;
import twinwall.handler.RecordTableHandler;
import twinwall.handler.SessionTiming;
import twinwall.spi.BackupTable;
import twinwall.spi.BackupTiming;
import twinwall.spi.TableHandler;

/** Backs up NAPT mappings: public address and port of a private one. A mapping is due when the session that uses it is, or
 * early, when the peer might hand out its port otherwise. */
@BackupTable(type = "napt", schema = 1)
@Component(service = TableHandler.class)
public final class NaptHandler extends RecordTableHandler<NaptMapping> {

    /** Backs up the firewall's table. */
    @Activate
    public NaptHandler(@Reference(target = "(firewall.table=napt)") FirewallTable<NaptMapping> table) {
        super(table, NaptMapping.class);
    }

    @Override
    protected boolean due(NaptMapping mapping, BackupTiming timing) {
        return mapping.early() || SessionTiming.due(mapping.protocol(), mapping.sessionState(), mapping.local(), timing);
    }

    /** The session of a mapping never goes back from set up to half-open. */
    @Override
    protected boolean mayBeOnPeer(NaptMapping last, BackupTiming widest) {
        return due(last, widest);
    }

    /** The mapping that the further session uses: of two firewalls' entries the mapping stays whose session does. */
    @Override
    protected int compare(NaptMapping mine, NaptMapping theirs) {
        return SessionTiming.compare(mine.createdSeconds(), mine.sessionState(), theirs.createdSeconds(), theirs.sessionState());
    }
}
