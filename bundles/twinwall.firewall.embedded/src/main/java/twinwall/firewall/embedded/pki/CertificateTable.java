/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pki;

import java.security.cert.CertificateException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import javax.security.auth.x500.X500Principal;

import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.PkiCertificate;
import twinwall.firewall.PkiCertificate.Kind;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.table.EntryForm;
import twinwall.firewall.embedded.table.EntryTable;
import twinwall.firewall.embedded.table.Slot;

/**
 * The table {@code pki-certificate}, with every entry also as what TLS needs. Guarded by the lock of the PKI part, not the packet path's.
 */
final class CertificateTable extends EntryTable<String, PkiCertificate> {

    private static final EntryForm.Lasting<String, PkiCertificate> FORM = PkiCertificate::name;

    private final Map<String, HeldCertificate> held = new HashMap<>();
    private final Runnable authorityEntered;
    private HeldCertificate checked;

    CertificateTable(Lock lock, FirewallTime time, int most, Runnable authorityEntered) {
        super("pki-certificate", lock, time, most, Ageing.PROMISED, FORM);
        this.authorityEntered = authorityEntered;
    }

    @Override
    protected void check(PkiCertificate entry) {
        try {
            checked = HeldCertificate.read(entry);
        } catch (CertificateException e) {
            throw new EntryRefusedException("bad-certificate", "certificate '" + entry.name() + "': " + e.getMessage());
        }
    }

    /** The firewall's own doing: puts in what was read and checked. */
    void put(HeldCertificate certificate) {
        checked = certificate;
        put(certificate.entry());
    }

    @Override
    protected void entered(Slot<PkiCertificate> slot) {
        held.put(slot.entry().name(), checked);
        if (slot.entry().kind() == Kind.AUTHORITY) {
            authorityEntered.run();
        }
    }

    @Override
    protected void leaving(Slot<PkiCertificate> slot) {
        held.remove(slot.entry().name());
    }

    /** The certificate of that name and kind, or {@code null}. */
    HeldCertificate held(String name, Kind kind) {
        HeldCertificate found = held.get(name);
        return found != null && found.entry().kind() == kind ? found : null;
    }

    /** Authorities of that name: more than one when an authority has renewed its key. */
    List<HeldCertificate> authorities(X500Principal subject) {
        return held.values().stream().filter(each -> each.entry().kind() == Kind.AUTHORITY
                && each.first().getSubjectX500Principal().equals(subject)).toList();
    }

    /** All of them by name. */
    List<HeldCertificate> all() {
        return held.values().stream().sorted(java.util.Comparator.comparing(each -> each.entry().name())).toList();
    }
}
