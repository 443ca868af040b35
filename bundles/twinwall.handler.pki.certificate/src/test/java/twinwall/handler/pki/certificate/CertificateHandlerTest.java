/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.pki.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import twinwall.firewall.PkiCertificate;
import twinwall.firewall.PkiCertificate.Kind;
import twinwall.record.RecordCodec;
import twinwall.testkit.MemoryFirewallTable;
import twinwall.testkit.TableHandlerContract;

class CertificateHandlerTest extends TableHandlerContract<PkiCertificate> {

    private final RecordCodec<PkiCertificate> codec = RecordCodec.of(PkiCertificate.class);

    CertificateHandlerTest() {
        super(PkiCertificate.class, CertificateHandler::new);
    }

    @Override
    protected List<PkiCertificate> due() {
        return List.of(
                new PkiCertificate("portal", Kind.IDENTITY, "CN=Sample CA", "1f", List.of(new byte[900], new byte[800]),
                        new byte[] {1, 2, 3}, new byte[32], Instant.ofEpochSecond(1_700_000_000), Instant.ofEpochSecond(1_800_000_000)),
                new PkiCertificate("clients", Kind.AUTHORITY, "CN=Sample CA", "1", List.of(new byte[800]), new byte[0],
                        new byte[32], Instant.ofEpochSecond(1_700_000_000), Instant.ofEpochSecond(1_900_000_000)));
    }

    @Override
    protected PkiCertificate changed(PkiCertificate entry) {
        return new PkiCertificate(entry.name(), entry.kind(), entry.issuer(), entry.serial() + "0", entry.chain(), entry.privateKey(),
                entry.sha256(), entry.notBefore().plusSeconds(60), entry.notAfter());
    }

    @Override
    protected PkiCertificate softChanged(PkiCertificate entry) {
        return entry;
    }

    @Test
    void theRenewalWins() {
        CertificateHandler handler = new CertificateHandler(new MemoryFirewallTable<>(PkiCertificate.class));
        PkiCertificate old = due().get(0);
        assertThat(handler.compare(codec.key(old), codec.value(changed(old)), codec.value(old))).isPositive();
    }
}
