/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.pki.crl;

import java.math.BigInteger;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.Crl;
import twinwall.firewall.FirewallTable;
import twinwall.handler.RecordTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.TableHandler;

/**
 * Backs up revocation lists part by part, at once: the peer then refuses what they revoke. A list counts there when it is complete and a
 * held authority has signed it.
 */
@BackupTable(type = "crl", schema = 1)
@Component(service = TableHandler.class)
public final class CrlHandler extends RecordTableHandler<Crl> {

    /** Backs up the firewall's table. */
    @Activate
    public CrlHandler(@Reference(target = "(firewall.table=crl)") FirewallTable<Crl> table) {
        super(table, Crl.class);
    }

    /** The part of the newer list: by CRL number, then by date (RFC 5280, section 5.2.3). */
    @Override
    protected int compare(Crl mine, Crl theirs) {
        int byNumber = number(mine).compareTo(number(theirs));
        return byNumber != 0 ? byNumber : mine.thisUpdate().compareTo(theirs.thisUpdate());
    }

    private static BigInteger number(Crl part) {
        try {
            return new BigInteger(part.number(), 16);
        } catch (NumberFormatException noNumber) {
            return BigInteger.ZERO;
        }
    }
}
