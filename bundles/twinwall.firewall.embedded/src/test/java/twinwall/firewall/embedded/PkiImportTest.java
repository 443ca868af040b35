/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.pki.SampleAuthority.NOW;
import static twinwall.firewall.embedded.pki.SampleAuthority.pem;

import java.io.ByteArrayOutputStream;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;

import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import twinwall.firewall.embedded.pki.SampleAuthority;
import twinwall.firewall.embedded.pki.SampleAuthority.Issued;

class PkiImportTest {

    private static final String SECRET = "correct horse";

    private final SampleAuthority authority = new SampleAuthority("Sample CA");
    private final Issued portal = authority.issue("portal.example");
    private final String chain = pem(portal.certificate(), authority.certificate);
    private final TestFirewall firewall = new TestFirewall("pki_max_crls", "1", "pki_max_certificates", "3");

    @BeforeEach
    void timeIsKnown() {
        firewall.pass(0);
    }

    private String imported(String... arguments) {
        return Pkis.run(firewall, "import", arguments).toString();
    }

    private void refused(String message, String... arguments) {
        assertThatThrownBy(() -> imported(arguments)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message)
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void everyPlainFormOfAKeyIsRead() throws Exception {
        String pkcs8 = pem(new JcaPKCS8Generator(portal.key(), null));
        assertThat(pkcs8).contains("BEGIN PRIVATE KEY");
        assertThat(imported("name", "a", "certificate", chain, "key", pkcs8)).contains("kind=identity", "CN=Sample CA");
        String sec1 = pem(portal.key());
        assertThat(sec1).contains("BEGIN EC PRIVATE KEY");
        imported("name", "b", "certificate", chain, "key", sec1);
        KeyPair rsa = SampleAuthority.keys("RSA", null, 2048);
        Issued withRsa = authority.issue("rsa", rsa, NOW.minusSeconds(9), NOW.plusSeconds(9));
        String pkcs1 = pem(rsa.getPrivate());
        assertThat(pkcs1).contains("BEGIN RSA PRIVATE KEY");
        imported("name", "c", "certificate", pem(withRsa.certificate()), "key", pkcs1);
        assertThat(Pkis.run(firewall, "list").get("certificates").toString()).contains("name=a", "name=b", "name=c")
                .doesNotContain("privateKey");
    }

    @Test
    void encryptedKeysAreReadWithTheirPassword() throws Exception {
        String pkcs8 = pem(new JcaPKCS8Generator(portal.key(),
                new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC).setProvider(new BouncyCastleProvider())
                        .setPassword(SECRET.toCharArray()).build()));
        assertThat(pkcs8).contains("BEGIN ENCRYPTED PRIVATE KEY");
        imported("name", "a", "certificate", chain, "key", pkcs8, "password", SECRET);
        String traditional = pem(new JcaMiscPEMGenerator(portal.key(),
                new JcePEMEncryptorBuilder("AES-256-CBC").setProvider(new BouncyCastleProvider()).build(SECRET.toCharArray())));
        assertThat(traditional).contains("DEK-Info");
        imported("name", "b", "certificate", chain, "key", traditional, "password", SECRET);
        refused("password is missing", "name", "c", "certificate", chain, "key", pkcs8);
        refused("the password is wrong", "name", "c", "certificate", chain, "key", pkcs8, "password", SECRET + "!");
        refused("the password is wrong", "name", "c", "certificate", chain, "key", traditional, "password", SECRET + "!");
    }

    @Test
    void pkcs12IsRead() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", portal.key(), SECRET.toCharArray(), portal.chain().toArray(new Certificate[0]));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, SECRET.toCharArray());
        String text = Base64.getMimeEncoder().encodeToString(out.toByteArray());
        assertThat(imported("name", "a", "pkcs12", text, "password", SECRET)).contains("identity");
        refused("the password is wrong", "name", "b", "pkcs12", text, "password", SECRET + "!");
        refused("no PKCS #12", "name", "b", "pkcs12", "AAAA", "password", SECRET);
    }

    @Test
    void whatDoesNotFitTogetherIsRefusedInWords() {
        Issued another = authority.issue("another");
        refused("key is not the certificate's", "name", "a", "certificate", chain, "key", pem(another.key()));
        KeyPair rsa = SampleAuthority.keys("RSA", null, 2048);
        refused("key is not the certificate's", "name", "a", "certificate", chain, "key", pem(rsa.getPrivate()));
        refused("not the issuer of the one before", "name", "a", "certificate", pem(portal.certificate(), another.certificate()), "key",
                pem(portal.key()));
        refused("may not issue", "name", "a", "certificate", pem(new SampleAuthority("x").issue("y").certificate(),
                certificateOf("x")), "key", pem(portal.key()));
        refused("not an authority", "name", "a", "certificate", pem(portal.certificate()));
        refused("name must be", "name", "../a", "certificate", pem(authority.certificate));
        refused("name is missing", "certificate", pem(authority.certificate));
        refused("key is missing", "name", "a", "certificate", chain);
        refused("no CERTIFICATE", "name", "a", "certificate", pem(portal.key()));
        refused("no private key", "name", "a", "certificate", chain, "key", chain);
        refused("more than one", "name", "a", "certificate", chain, "key", pem(portal.key(), another.key()));
        refused("not file", "name", "a", "file", "/etc/passwd");
        refused("import takes", "name", "a", "certificate", chain, "crl", "AA==");
    }

    private java.security.cert.X509Certificate certificateOf(String name) {
        return authority.issue(name).certificate();
    }

    @Test
    void weakKeysAndTimesThatAreOverAreRefused() {
        KeyPair weak = SampleAuthority.keys("RSA", null, 1024);
        Issued small = authority.issue("small", weak, NOW.minusSeconds(9), NOW.plusSeconds(9));
        refused("1024 bits", "name", "a", "certificate", pem(small.certificate()), "key", pem(weak.getPrivate()));
        KeyPair good = SampleAuthority.ecKeys();
        Issued old = authority.issue("old", good, NOW.minus(Duration.ofDays(2)), NOW.minusSeconds(1));
        refused("which now is not", "name", "a", "certificate", pem(old.certificate()), "key", pem(good.getPrivate()));
        Issued early = authority.issue("early", good, NOW.plusSeconds(60), NOW.plusSeconds(90));
        refused("which now is not", "name", "a", "certificate", pem(early.certificate()), "key", pem(good.getPrivate()));
    }

    @Test
    void aChainThatCannotBeBackedUpIsRefused() {
        KeyPair large = SampleAuthority.keys("RSA", null, 2048);
        Issued one = authority.issue("x" + (",OU=" + "x".repeat(60)).repeat(230), large, NOW.minusSeconds(9), NOW.plusSeconds(9));
        refused("can be backed up", "name", "a", "certificate", pem(one.certificate()), "key", pem(large.getPrivate()));
        refused("1 to 8 certificates", "name", "a", "certificate", chain + pem(authority.certificate).repeat(8), "key", pem(portal.key()));
        refused("are more than", "name", "a", "certificate", "x".repeat(200_000));
    }

    @Test
    void listsAreReadAsPemAndBase64() throws Exception {
        byte[] list = authority.crl(7, portal.certificate());
        refused("import the authority first", "crl", Base64.getEncoder().encodeToString(list));
        imported("name", "clients", "certificate", pem(authority.certificate));
        assertThat(imported("crl", Base64.getEncoder().encodeToString(list))).contains("imported=");
        String newer = "-----BEGIN X509 CRL-----\n"
                + Base64.getMimeEncoder().encodeToString(authority.crl(8)) + "\n-----END X509 CRL-----\n";
        imported("crl", newer);
        assertThat(Pkis.run(firewall, "list").get("crls").toString()).contains("number=8", "revoked=0", "state=counts");
        refused("no X.509 revocation list", "crl", "AAAA");
        refused("now is not", "crl", Base64.getEncoder().encodeToString(
                authority.crl(9, NOW.minusSeconds(90), NOW.minusSeconds(1), 0)));
        SampleAuthority second = new SampleAuthority("Second CA");
        imported("name", "second", "certificate", pem(second.certificate));
        assertThatThrownBy(() -> imported("crl", Base64.getEncoder().encodeToString(second.crl(1)))).hasMessageContaining("pki_max_crls");
        assertThatThrownBy(() -> Pkis.run(firewall, "remove")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Pkis.run(firewall, "remove", "name", "second")).containsEntry("removed", true);
        assertThat(Pkis.run(firewall, "remove", "name", "second")).containsEntry("removed", false);
        assertThatThrownBy(() -> Pkis.run(firewall, "export")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStandbyTakesNothing() {
        TestFirewall standby = new TestFirewall("forwarding", "false");
        assertThatThrownBy(() -> Pkis.run(standby, "import", "name", "a", "certificate", pem(authority.certificate)))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("active firewall");
        assertThatThrownBy(() -> Pkis.run(standby, "remove", "name", "a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void garbledTextFailsWithAnArgument() {
        String key = pem(portal.key());
        String list = Base64.getEncoder().encodeToString(authority.crl(1));
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            String[][] tries = {{"name", "a", "certificate", garbled(chain, random), "key", garbled(key, random)},
                {"crl", garbled(list, random)}, {"name", "a", "pkcs12", garbled(key, random)}};
            for (String[] each : tries) {
                try {
                    imported(each);
                } catch (IllegalArgumentException expected) {
                    assertThat(expected.getMessage()).isNotBlank();
                }
            }
        }
    }

    private static String garbled(String text, Random random) {
        StringBuilder garbled = new StringBuilder(text);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            garbled.setCharAt(random.nextInt(garbled.length()), (char) (32 + random.nextInt(95)));
        }
        return garbled.toString();
    }
}
