/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.pki.certificate;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.PkiCertificate;
import twinwall.handler.RecordTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.TableHandler;

/**
 * Backs up certificates with their private keys, and authorities, at once: the peer then shows the same certificate and believes the same
 * clients. Sensitive, because of the keys: it leaves only over a link with TLS.
 */
@BackupTable(type = "pki-certificate", schema = 1, sensitive = true)
@Component(service = TableHandler.class)
public final class CertificateHandler extends RecordTableHandler<PkiCertificate> {

    /** Backs up the firewall's table. */
    @Activate
    public CertificateHandler(@Reference(target = "(firewall.table=pki-certificate)") FirewallTable<PkiCertificate> table) {
        super(table, PkiCertificate.class);
    }

    /** After both had it changed, the one that began to be valid later is the renewal. */
    @Override
    protected int compare(PkiCertificate mine, PkiCertificate theirs) {
        return mine.notBefore().compareTo(theirs.notBefore());
    }
}
