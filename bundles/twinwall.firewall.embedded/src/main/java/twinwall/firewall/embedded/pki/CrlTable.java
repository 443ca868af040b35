/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pki;

import java.io.ByteArrayOutputStream;
import java.security.cert.CRLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

import twinwall.firewall.Crl;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.table.EntryForm;
import twinwall.firewall.embedded.table.EntryTable;
import twinwall.firewall.embedded.table.Slot;

/**
 * The table {@code crl}. A list of the peer counts when all its parts are there and a held authority has signed it; until then the list
 * held before does. One whose authority is not held waits for it. Guarded by the lock of the PKI part, not the packet path's.
 */
final class CrlTable extends EntryTable<CrlTable.PartKey, Crl> {

    private static final EntryForm.Lasting<PartKey, Crl> FORM = part -> new PartKey(part.issuer(), part.part());
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern NUMBER = Pattern.compile("[0-9a-f]{0,40}");
    private static final int SHA256_BYTES = 32;

    private final CertificateTable certificates;
    private final int mostParts;
    private final Map<String, RevocationList> effective = new HashMap<>();
    private final Map<String, RevocationList> waiting = new TreeMap<>();
    private final Map<String, Integer> parts = new HashMap<>();

    /** What identifies a part. */
    record PartKey(String issuer, int part) {
    }

    CrlTable(Lock lock, FirewallTime time, PkiSettings settings, CertificateTable certificates) {
        super("crl", lock, time, settings.maxCrls() * mostParts(settings), Ageing.PROMISED, FORM);
        this.certificates = certificates;
        this.mostParts = mostParts(settings);
    }

    private static int mostParts(PkiSettings settings) {
        return (settings.maxCrlBytes() + RevocationList.PART_BYTES - 1) / RevocationList.PART_BYTES;
    }

    /** The list of an issuer that counts now, or {@code null}. */
    RevocationList effective(String issuer) {
        if (!parts.containsKey(issuer)) {
            effective.remove(issuer);
            waiting.remove(issuer);
        }
        return effective.get(issuer);
    }

    RevocationList effective(X500Principal issuer) {
        return effective(RevocationList.hash(issuer));
    }

    /** All lists that count now. */
    Collection<RevocationList> allEffective() {
        effective.keySet().retainAll(parts.keySet());
        return effective.values();
    }

    /** Lists that are complete and wait for their authority. */
    Collection<RevocationList> waiting() {
        waiting.keySet().retainAll(parts.keySet());
        return waiting.values();
    }

    /** How many issuers have parts here. */
    int issuers() {
        return parts.size();
    }

    /** The firewall's own doing: a list that was checked takes the place of its issuer's. */
    void put(RevocationList list) {
        List<Crl> cut = list.parts();
        cut.forEach(this::put);
        removeFrom(list.issuer(), cut.size());
    }

    /** Takes out the parts of an issuer's list from a number on. */
    boolean removeFrom(String issuer, int first) {
        boolean any = false;
        for (int i = first; i < mostParts; i++) {
            Slot<Crl> slot = find(new PartKey(issuer, i));
            if (slot != null) {
                remove(slot);
                any = true;
            }
        }
        return any;
    }

    @Override
    protected void check(Crl part) {
        if (!HASH.matcher(part.issuer()).matches() || !NUMBER.matcher(part.number()).matches() || part.parts() < 1
                || part.parts() > mostParts || part.part() >= part.parts() || part.sha256().length != SHA256_BYTES
                || part.bytes().length == 0 || part.bytes().length > RevocationList.PART_BYTES) {
            throw new EntryRefusedException("bad-crl", "a part of a revocation list contradicts itself, or the list is longer than "
                    + "pki_max_crl_kib allows here");
        }
        RevocationList held = effective(part.issuer());
        if (held != null && !held.is(part.sha256()) && !RevocationList.newer(part.number(), part.thisUpdate(), held)) {
            throw new EntryRefusedException("older-crl", "the revocation list of '" + held.crl().getIssuerX500Principal().getName()
                    + "' is not newer than the one held, number " + held.number() + " of " + held.thisUpdate());
        }
        if (known(part) == null) {
            RevocationList whole = whole(part);
            if (whole != null && authorityOf(whole) && !signed(whole)) {
                throw new EntryRefusedException("crl-signature", "no held authority has signed the revocation list of '"
                        + whole.crl().getIssuerX500Principal().getName() + "'");
            }
        }
    }

    @Override
    protected void entered(Slot<Crl> slot) {
        Crl part = slot.entry();
        parts.merge(part.issuer(), 1, Integer::sum);
        if (known(part) != null) {
            return;
        }
        RevocationList whole = whole(part);
        if (whole != null) {
            takeEffect(whole);
        }
    }

    @Override
    protected void leaving(Slot<Crl> slot) {
        parts.computeIfPresent(slot.entry().issuer(), (issuer, count) -> count == 1 ? null : count - 1);
    }

    /** An authority is new: lists that waited for it may count now. */
    void authorityEntered() {
        List.copyOf(waiting()).forEach(this::takeEffect);
    }

    private void takeEffect(RevocationList list) {
        if (signed(list)) {
            effective.put(list.issuer(), list);
            waiting.remove(list.issuer());
        } else {
            waiting.put(list.issuer(), list);
        }
    }

    private boolean authorityOf(RevocationList list) {
        return !certificates.authorities(list.crl().getIssuerX500Principal()).isEmpty();
    }

    /** Whether a held authority has signed it. */
    boolean signed(RevocationList list) {
        return certificates.authorities(list.crl().getIssuerX500Principal()).stream().anyMatch(each -> list.signedBy(each.first()));
    }

    /** The list that a part belongs to, when it was read already. */
    private RevocationList known(Crl part) {
        RevocationList held = effective.get(part.issuer());
        RevocationList waits = waiting.get(part.issuer());
        return held != null && held.is(part.sha256()) ? held : waits != null && waits.is(part.sha256()) ? waits : null;
    }

    /** The list, when this part makes it complete; {@code null} when parts are missing. */
    private RevocationList whole(Crl last) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < last.parts(); i++) {
            Slot<Crl> slot = i == last.part() ? null : find(new PartKey(last.issuer(), i));
            if (i != last.part() && (slot == null || !Arrays.equals(slot.entry().sha256(), last.sha256()))) {
                return null;
            }
            all.writeBytes(slot == null ? last.bytes() : slot.entry().bytes());
        }
        try {
            RevocationList list = RevocationList.read(all.toByteArray());
            if (list.is(last.sha256()) && list.describedBy(last)) {
                return list;
            }
        } catch (CRLException e) {
            throw new EntryRefusedException("bad-crl", "a revocation list of the peer cannot be used: " + e.getMessage());
        }
        throw new EntryRefusedException("bad-crl", "a revocation list of the peer is not what its parts say");
    }

    /**
     * Puts in again what counts here but lies in the table only partly, because a peer failed while it sent a newer list: the next peer
     * shall get a whole one.
     */
    void mend() {
        for (RevocationList list : List.copyOf(allEffective())) {
            boolean whole = list.parts().stream().allMatch(part -> {
                Slot<Crl> slot = find(FORM.key(part));
                return slot != null && list.is(slot.entry().sha256());
            });
            if (!whole) {
                put(list);
            }
        }
    }
}
