/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pki;

import java.security.PrivateKey;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.security.auth.x500.X500Principal;

import twinwall.firewall.FirewallCommand;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.PkiCertificate;
import twinwall.firewall.PkiCertificate.Kind;
import twinwall.firewall.ServerTls;
import twinwall.firewall.embedded.Certificates;
import twinwall.firewall.embedded.Part;
import twinwall.firewall.embedded.session.FirewallTime;

/**
 * Certificates and revocation lists, and TLS with them. They have a lock of their own: reading a long list must not hold up packets. It is
 * taken before the packet path's, never after it.
 */
public final class Pki implements Part, Certificates {

    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private final BooleanSupplier forwarding;
    private final PkiSettings settings;
    private final CertificateTable certificates;
    private final CrlTable crls;
    private final HeldTls tls = new HeldTls(this);

    /**
     * Nothing held yet.
     *
     * @param clock by which certificates are judged
     * @param forwarding whether the firewall forwards
     */
    public Pki(PkiSettings settings, FirewallTime time, InstantSource clock, BooleanSupplier forwarding) {
        this.settings = settings;
        this.clock = clock;
        this.forwarding = forwarding;
        certificates = new CertificateTable(lock, time, settings.maxCertificates(), this::authorityEntered);
        crls = new CrlTable(lock, time, settings, certificates);
    }

    private void authorityEntered() {
        crls.authorityEntered();
    }

    @Override
    public Map<String, FirewallTable<?>> tables() {
        return Map.of("pki-certificate", certificates, "crl", crls);
    }

    @Override
    public List<FirewallCommand> commands() {
        return List.of(new PkiCommand(this, settings));
    }

    /** Neither certificates nor lists end by themselves: whether they are valid is looked at when they are used. */
    @Override
    public void age() {
    }

    /** TLS servers with what is held. */
    public ServerTls tls() {
        return tls;
    }

    /** The firewall forwards from now on. Called without any lock. */
    public void activated() {
        locked(() -> {
            crls.mend();
            return null;
        });
    }

    @Override
    public PkiCertificate importIdentity(String name, List<X509Certificate> chain, PrivateKey key) {
        return put(name, Kind.IDENTITY, chain, key);
    }

    @Override
    public PkiCertificate importAuthority(String name, X509Certificate certificate) {
        return put(name, Kind.AUTHORITY, List.of(certificate), null);
    }

    private PkiCertificate put(String name, Kind kind, List<X509Certificate> chain, PrivateKey key) {
        mustForward();
        HeldCertificate read;
        try {
            read = HeldCertificate.read(HeldCertificate.entry(name, kind, chain, key));
        } catch (CertificateException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        if (!valid(read)) {
            throw new IllegalArgumentException("the certificate is valid from " + read.entry().notBefore() + " to "
                    + read.entry().notAfter() + ", which now is not");
        }
        return locked(() -> {
            certificates.put(read);
            return read.entry();
        });
    }

    @Override
    public String importCrl(byte[] der) {
        mustForward();
        if (der.length > settings.maxCrlBytes()) {
            throw new IllegalArgumentException("the revocation list has " + der.length + " bytes; pki_max_crl_kib allows "
                    + settings.maxCrlBytes());
        }
        RevocationList list;
        try {
            list = RevocationList.read(der);
        } catch (CRLException e) {
            throw new IllegalArgumentException("the revocation list cannot be used: " + e.getMessage(), e);
        }
        Instant now = now();
        if (list.over(now) || list.thisUpdate().isAfter(now)) {
            throw new IllegalArgumentException("the revocation list is valid from " + list.thisUpdate() + " to "
                    + list.nextUpdate().map(Instant::toString).orElse("ever") + ", which now is not");
        }
        return locked(() -> {
            take(list);
            return list.issuer();
        });
    }

    private void take(RevocationList list) {
        String issuer = list.crl().getIssuerX500Principal().getName();
        if (!crls.signed(list)) {
            throw new IllegalArgumentException("no held authority has signed the revocation list of '" + issuer
                    + "': import the authority first");
        }
        RevocationList held = crls.effective(list.issuer());
        if (held != null && !list.replaces(held)) {
            throw new IllegalArgumentException("the revocation list of '" + issuer + "' is not newer than the one held, number "
                    + held.number() + " of " + held.thisUpdate());
        }
        if (held == null && crls.issuers() >= settings.maxCrls()) {
            throw new IllegalStateException("there are revocation lists of " + crls.issuers() + " issuers, as many as pki_max_crls allows");
        }
        crls.put(list);
    }

    @Override
    public boolean remove(String name) {
        mustForward();
        return locked(() -> {
            var slot = certificates.find(name);
            if (slot != null) {
                certificates.remove(slot);
            }
            return slot != null;
        });
    }

    @Override
    public boolean removeCrl(String issuer) {
        mustForward();
        return locked(() -> crls.removeFrom(issuer, 0));
    }

    private void mustForward() {
        if (!forwarding.getAsBoolean()) {
            throw new IllegalStateException("This firewall does not forward: its certificates come from the peer."
                    + " Tell the active firewall.");
        }
    }

    Instant now() {
        return clock.instant();
    }

    boolean valid(HeldCertificate certificate) {
        Instant now = now();
        return !now.isBefore(certificate.entry().notBefore()) && !now.isAfter(certificate.entry().notAfter());
    }

    HeldCertificate held(String name, Kind kind) {
        return locked(() -> certificates.held(name, kind));
    }

    List<HeldCertificate> held() {
        return locked(certificates::all);
    }

    RevocationList revocationList(X500Principal issuer) {
        return locked(() -> crls.effective(issuer));
    }

    List<RevocationList> effectiveLists() {
        return locked(() -> List.copyOf(crls.allEffective()));
    }

    List<RevocationList> waitingLists() {
        return locked(() -> List.copyOf(crls.waiting()));
    }

    List<X509CRL> revocationLists() {
        return effectiveLists().stream().map(RevocationList::crl).toList();
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
