/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.TestFirewall.entries;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twinwall.firewall.ClientTrust;
import twinwall.firewall.Crl;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.PkiCertificate;
import twinwall.firewall.ServerTls;
import twinwall.firewall.embedded.pki.Handshakes;
import twinwall.firewall.embedded.pki.SampleAuthority;
import twinwall.firewall.embedded.pki.SampleAuthority.Issued;

/** What the peer does with certificates and revocation lists after a failover, by TLS handshakes; and what it does without the copy. */
class PkiTakeoverTest {

    private static final ClientTrust STRICT = new ClientTrust("clients", true, true);

    private final SampleAuthority authority = new SampleAuthority("Sample CA");
    private final Issued portal = authority.issue("portal.example");
    private final Issued good = authority.issue("good client");
    private final Issued revoked = authority.issue("revoked client");
    private final TestFirewall active = new TestFirewall();
    private final TestFirewall peer = new TestFirewall("forwarding", "false");

    @BeforeEach
    void importEverything() {
        active.pass(0);
        Certificates certificates = active.firewall.certificates();
        certificates.importIdentity("portal", portal.chain(), portal.key());
        certificates.importAuthority("clients", authority.certificate);
        certificates.importCrl(authority.crl(1, revoked.certificate()));
    }

    private SSLContext client(Issued shown) {
        return Handshakes.client(authority.certificate, shown);
    }

    private X509Certificate connect(TestFirewall to, ClientTrust trust, Issued client, String protocol) throws Exception {
        return Handshakes.with(to.firewall.serverTls(), "portal", trust, client(client), protocol);
    }

    private void takeOver() {
        peer.takeOverFrom(active);
        peer.pass(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void thePeerServesTheCertificateAndRefusesWhatTheListRevokes(String protocol) throws Exception {
        active.copyTo(peer);
        takeOver();
        assertThat(connect(peer, STRICT, good, protocol)).isEqualTo(portal.certificate());
        assertThatThrownBy(() -> connect(peer, STRICT, revoked, protocol)).hasStackTraceContaining("revoked");
        assertThatThrownBy(() -> connect(peer, STRICT, null, protocol)).isInstanceOf(SSLException.class);
    }

    @Test
    void withoutTheCertificatesNoHandshakeSucceeds() {
        active.copyAllBut(peer, "pki-certificate");
        takeOver();
        assertThatThrownBy(() -> connect(peer, ClientTrust.NOBODY_ASKED, null, "TLSv1.3")).isInstanceOf(SSLHandshakeException.class);
        assertThat(peer.firewall.serverTls().lacking("portal", STRICT)).isEqualTo("the certificate 'portal' is not held");
    }

    @Test
    void withoutTheListNobodyIsBelievedOrTheRevokedOneIs() throws Exception {
        active.copyAllBut(peer, "crl");
        takeOver();
        assertThatThrownBy(() -> connect(peer, STRICT, good, "TLSv1.3")).isInstanceOf(SSLException.class);
        ClientTrust lenient = new ClientTrust("clients", true, false);
        assertThat(connect(peer, lenient, revoked, "TLSv1.3")).as("the list is missing").isNotNull();
        active.copyTo(peer);
        assertThatThrownBy(() -> connect(peer, lenient, revoked, "TLSv1.3")).hasStackTraceContaining("revoked");
    }

    @Test
    void aListThatHasExpiredClosesTheDoorWhenOneIsRequired() throws Exception {
        active.copyTo(peer);
        takeOver();
        peer.pass(Duration.ofDays(1).toSeconds() + 1);
        assertThatThrownBy(() -> connect(peer, STRICT, good, "TLSv1.3")).hasStackTraceContaining("revocation");
        ClientTrust lenient = new ClientTrust("clients", true, false);
        assertThat(connect(peer, lenient, good, "TLSv1.3")).isNotNull();
        assertThatThrownBy(() -> connect(peer, lenient, revoked, "TLSv1.3")).as("an old list still revokes")
                .isInstanceOf(SSLException.class);
    }

    @Test
    void aLongListTravelsInPartsAndCountsOnlyWhenItIsWhole() throws Exception {
        byte[] list = authority.crl(2, SampleAuthority.NOW, SampleAuthority.NOW.plusSeconds(86400), 3000, good.certificate());
        active.copyTo(peer);
        active.firewall.certificates().importCrl(list);
        List<Crl> parts = entries(crls(active));
        assertThat(parts).hasSizeGreaterThan(5).allMatch(part -> part.bytes().length <= 15 * 1024);
        takeOver();
        for (Crl part : parts.subList(0, parts.size() - 1)) {
            crls(peer).restore(part);
        }
        assertThat(connect(peer, STRICT, good, "TLSv1.3")).as("the list before counts").isNotNull();
        crls(peer).restore(parts.get(parts.size() - 1));
        assertThatThrownBy(() -> connect(peer, STRICT, good, "TLSv1.3")).hasStackTraceContaining("revoked");
    }

    @Test
    void aTakeoverInTheMiddleOfANewListKeepsTheWholeOldOneForTheNextPeer() throws Exception {
        active.copyTo(peer);
        active.firewall.certificates().importCrl(authority.crl(2, SampleAuthority.NOW, SampleAuthority.NOW.plusSeconds(86400), 3000));
        crls(peer).restore(entries(crls(active)).get(0));
        takeOver();
        TestFirewall next = new TestFirewall("forwarding", "false");
        peer.copyTo(next);
        next.takeOverFrom(peer);
        next.pass(0);
        assertThat(connect(next, STRICT, good, "TLSv1.3")).isNotNull();
        assertThatThrownBy(() -> connect(next, STRICT, revoked, "TLSv1.3")).isInstanceOf(SSLException.class);
    }

    @Test
    void anOlderListIsRefused() {
        active.copyTo(peer);
        TestFirewall other = new TestFirewall();
        other.pass(0);
        other.firewall.certificates().importAuthority("clients", authority.certificate);
        other.firewall.certificates().importCrl(authority.crl(0));
        assertThatThrownBy(() -> crls(peer).restore(entries(crls(other)).get(0))).isInstanceOfSatisfying(EntryRefusedException.class,
                refusal -> assertThat(refusal.reason()).isEqualTo("older-crl"));
        assertThatThrownBy(() -> active.firewall.certificates().importCrl(authority.crl(1))).hasMessageContaining("not newer");
        active.firewall.certificates().importCrl(authority.crl(2));
        assertThat(entries(crls(active))).hasSize(1).allMatch(part -> "2".equals(part.number()));
    }

    @Test
    void aListWaitsForItsAuthority() throws Exception {
        entries(crls(active)).forEach(crls(peer)::restore);
        assertThat(Pkis.run(peer, "list").get("waitingForAuthority").toString()).contains("Sample CA");
        entries(certificates(active)).forEach(certificates(peer)::restore);
        takeOver();
        assertThat(connect(peer, STRICT, good, "TLSv1.3")).isNotNull();
        assertThat(Pkis.run(peer, "list").get("waitingForAuthority").toString()).isEqualTo("[]");
    }

    @Test
    void aListThatAnotherKeySignedIsRefused() {
        active.copyTo(peer);
        SampleAuthority impostor = new SampleAuthority("Sample CA");
        TestFirewall other = new TestFirewall();
        other.pass(0);
        other.firewall.certificates().importAuthority("clients", impostor.certificate);
        other.firewall.certificates().importCrl(impostor.crl(9));
        assertThatThrownBy(() -> crls(peer).restore(entries(crls(other)).get(0))).isInstanceOfSatisfying(EntryRefusedException.class,
                refusal -> assertThat(refusal.reason()).isEqualTo("crl-signature"));
    }

    @Test
    void aDamagedEntryIsRefused() {
        PkiCertificate entry = entries(certificates(active)).stream().filter(each -> each.name().equals("portal")).findFirst()
                .orElseThrow();
        Issued another = authority.issue("another");
        PkiCertificate wrongKey = new PkiCertificate("portal", entry.kind(), entry.issuer(), entry.serial(), entry.chain(),
                another.key().getEncoded(), entry.sha256(), entry.notBefore(), entry.notAfter());
        assertThatThrownBy(() -> certificates(peer).restore(wrongKey)).isInstanceOf(EntryRefusedException.class)
                .hasMessageContaining("key is not the certificate's");
        PkiCertificate garbled = new PkiCertificate("portal", entry.kind(), entry.issuer(), entry.serial(), List.of(new byte[9]),
                entry.privateKey(), entry.sha256(), entry.notBefore(), entry.notAfter());
        assertThatThrownBy(() -> certificates(peer).restore(garbled)).isInstanceOf(EntryRefusedException.class);
        Crl part = entries(crls(active)).get(0);
        Crl cut = new Crl(part.issuer(), 0, 1, part.number(), part.thisUpdate(), part.nextUpdate(), part.sha256(), new byte[9]);
        assertThatThrownBy(() -> crls(peer).restore(cut)).isInstanceOf(EntryRefusedException.class);
        assertThat(certificates(peer).size() + crls(peer).size()).isZero();
    }

    @Test
    void aRenewalCountsFromTheNextHandshakeOn() throws Exception {
        SSLContext believing = client(good);
        ServerTls server = active.firewall.serverTls();
        assertThat(Handshakes.with(server, "portal", STRICT, believing, "TLSv1.3")).isEqualTo(portal.certificate());
        Issued renewed = authority.issue("portal.example");
        active.firewall.certificates().importIdentity("portal", renewed.chain(), renewed.key());
        assertThat(Handshakes.with(server, "portal", STRICT, believing, "TLSv1.3")).isEqualTo(renewed.certificate());
        active.firewall.certificates().remove("portal");
        assertThatThrownBy(() -> Handshakes.with(server, "portal", STRICT, believing, "TLSv1.3")).isInstanceOf(SSLException.class);
    }

    @Test
    void aRemovedListIsGoneOnBoth() throws Exception {
        active.copyTo(peer);
        List<Crl> parts = entries(crls(active));
        assertThat(active.firewall.certificates().removeCrl(parts.get(0).issuer())).isTrue();
        assertThat(active.firewall.certificates().removeCrl(parts.get(0).issuer())).isFalse();
        parts.forEach(crls(peer)::forget);
        takeOver();
        assertThatThrownBy(() -> connect(peer, STRICT, good, "TLSv1.3")).isInstanceOf(SSLException.class);
    }

    @Test
    void aClientOfAnotherAuthorityIsRefused() throws CertificateException {
        Issued stranger = new SampleAuthority("Stranger CA").issue("good client");
        assertThatThrownBy(() -> connect(active, STRICT, stranger, "TLSv1.2")).isInstanceOf(SSLException.class);
        assertThatThrownBy(() -> connect(active, new ClientTrust("nobody", true, false), good, "TLSv1.3"))
                .hasStackTraceContaining("'nobody' is not held");
    }

    @SuppressWarnings("unchecked")
    private static FirewallTable<Crl> crls(TestFirewall of) {
        return (FirewallTable<Crl>) of.firewall.tables().get("crl");
    }

    @SuppressWarnings("unchecked")
    private static FirewallTable<PkiCertificate> certificates(TestFirewall of) {
        return (FirewallTable<PkiCertificate>) of.firewall.tables().get("pki-certificate");
    }
}
