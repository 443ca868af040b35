/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.sip;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.FirewallTable;
import twinwall.handler.RecordTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.BackupTiming;
import twinwall.spi.TableHandler;

/** Backs up SIP registrations: those for a minute or longer, with quick backup all of them. */
@BackupTable(type = "sip-registration", schema = 1)
@Component(service = TableHandler.class)
public final class RegistrationHandler extends RecordTableHandler<Registration> {

    private static final int WORTH_IT_SECONDS = 60;

    @Activate
    public RegistrationHandler(@Reference(target = "(firewall.table=sip-registration)") FirewallTable<Registration> table) {
        super(table, Registration.class);
    }

    @Override
    protected boolean due(Registration registration, BackupTiming timing) {
        return registration.lifetimeSeconds() >= WORTH_IT_SECONDS || timing == BackupTiming.QUICK;
    }

    /** Of the same phone the later request counts, whichever firewall had it. */
    @Override
    protected int compare(Registration mine, Registration theirs) {
        return mine.callId().equals(theirs.callId()) ? Integer.compare(mine.sequence(), theirs.sequence()) : 0;
    }
}
