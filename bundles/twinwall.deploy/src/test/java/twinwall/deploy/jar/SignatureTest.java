/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy.jar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twinwall.group.FileVerdict;

class SignatureTest {

    private static final JarLimits LIMITS = new JarLimits(1_000_000, 100, 5_000_000);

    @TempDir
    private static Path folder;
    private static SampleJars jars;
    private static PrivateKeyEntry vendor;
    private static PrivateKeyEntry stranger;
    private static JarInspector inspector;

    @BeforeAll
    static void makeKeys() throws Exception {
        jars = new SampleJars(folder);
        vendor = SampleJars.key(folder, "vendor");
        stranger = SampleJars.key(folder, "stranger");
        Path signers = Files.createDirectory(folder.resolve("signers"));
        Files.write(signers.resolve("vendor.crt"), vendor.getCertificate().getEncoded());
        inspector = new JarInspector(LIMITS, SignerList.read(signers));
    }

    private static Refused refusal(Path jar) {
        Refused refused = catchThrowableOfType(Refused.class, () -> inspector.inspect(jar));
        assertThat(refused).as("refusal").isNotNull();
        return refused;
    }

    private static Path changed(Path jar, Consumer<Map<String, byte[]>> change) throws Exception {
        Map<String, byte[]> entries = SampleJars.entries(jar);
        change.accept(entries);
        return jars.jar(entries);
    }

    @Test
    void theSignerOfAGoodJarIsNamed() throws Exception {
        assertThat(inspector.inspect(jars.signed(jars.bundle(), vendor)).signer()).isEqualTo("CN=vendor (vendor.crt)");
    }

    @Test
    void aSecondSignatureByAStrangerDoesNoHarm() throws Exception {
        Path twice = jars.signed(jars.signed(jars.bundle(), stranger), vendor);
        assertThat(inspector.inspect(twice).signer()).isEqualTo("CN=vendor (vendor.crt)");
    }

    @Test
    void anUnsignedJarIsRefused() throws Exception {
        Refused refused = refusal(jars.bundle());
        assertThat(refused.verdict()).isEqualTo(FileVerdict.UNSIGNED);
        assertThat(refused.getMessage()).contains("jarsigner", "require_signature=false");
    }

    @Test
    void aStrangerIsNamedWithTheFingerprintOfTheCertificate() throws Exception {
        Refused refused = refusal(jars.signed(jars.bundle(), stranger));
        assertThat(refused.verdict()).isEqualTo(FileVerdict.STRANGER);
        assertThat(refused.getMessage()).containsPattern("CN=stranger, SHA-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}");
    }

    @Test
    void aChangedClassIsTampering() throws Exception {
        Path tampered = changed(jars.signed(jars.bundle(), vendor), entries -> entries.put("com/example/A.class", new byte[10]));
        assertThat(refusal(tampered).verdict()).isEqualTo(FileVerdict.TAMPERED);
    }

    @Test
    void aChangedHeaderIsTampering() throws Exception {
        Path tampered = changed(jars.signed(jars.bundle(), vendor), entries -> entries.put("META-INF/MANIFEST.MF",
            new String(entries.get("META-INF/MANIFEST.MF"), UTF_8).replace("1.2.0", "9.2.0").getBytes(UTF_8)));
        assertThat(refusal(tampered).verdict()).isEqualTo(FileVerdict.TAMPERED);
    }

    @Test
    void aClassThatWasTakenAwayIsTampering() throws Exception {
        Path tampered = changed(jars.signed(jars.bundle(), vendor), entries -> entries.remove("com/example/A.class"));
        assertThat(refusal(tampered).verdict()).isEqualTo(FileVerdict.TAMPERED);
        assertThat(refusal(tampered).getMessage()).contains("com/example/A.class");
    }

    @Test
    void anAddedClassMakesItPartlySigned() throws Exception {
        Path added = changed(jars.signed(jars.bundle(), vendor), entries -> entries.put("com/example/C.class", new byte[10]));
        assertThat(refusal(added).verdict()).isEqualTo(FileVerdict.PARTLY_SIGNED);
        assertThat(refusal(added).getMessage()).contains("com/example/C.class");
    }

    @Test
    void aSignatureThatCannotBeReadCountsAsNone() throws Exception {
        Path broken = changed(jars.signed(jars.bundle(), vendor), entries -> entries.replaceAll((name, bytes) -> name.endsWith(".EC")
            ? new byte[20] : bytes));
        assertThat(refusal(broken).verdict()).isIn(FileVerdict.UNSIGNED, FileVerdict.TAMPERED);
    }

    @Test
    void aJarOutlivesItsSignersCertificateAndThatIsSaid() throws Exception {
        PrivateKeyEntry old = SampleJars.key(folder, "old", "-startdate", "-20d", "-validity", "10");
        Path signers = Files.createDirectory(folder.resolve("old-signers"));
        Files.write(signers.resolve("old.cer"), old.getCertificate().getEncoded());
        JarInspector lenient = new JarInspector(LIMITS, SignerList.read(signers));
        assertThat(lenient.inspect(jars.signed(jars.bundle(), old)).signer()).startsWith("CN=old (old.cer), whose certificate expired on ");
    }

    @Test
    void signersAreReadFromPemAndDerAndWhatIsNoneIsNamed() throws Exception {
        Path signers = Files.createDirectory(folder.resolve("mixed"));
        Files.write(signers.resolve("a.crt"), vendor.getCertificate().getEncoded());
        Files.writeString(signers.resolve("b.pem"), "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(
            stranger.getCertificate().getEncoded()) + "\n-----END CERTIFICATE-----\n");
        Files.writeString(signers.resolve("c.crt"), "nothing");
        Files.writeString(signers.resolve("notes.txt"), "not looked at");
        SignerList list = SignerList.read(signers);
        assertThat(list.signers()).containsOnlyKeys((X509Certificate) vendor.getCertificate(),
            (X509Certificate) stranger.getCertificate());
        assertThat(list.complaints()).hasSize(1).first().asString().contains("c.crt is not a certificate");
        assertThat(SignerList.read(folder.resolve("no-such-folder"))).isEqualTo(SignerList.NOBODY);
    }

    /** Each end is a verdict; a jar whose meaning has changed is never accepted. */
    @Test
    void damageAtRandomNeverPassesForGood() throws Exception {
        byte[] good = Files.readAllBytes(jars.signed(jars.bundle(), vendor));
        Map<String, byte[]> content = SampleJars.entries(jars.jar(SampleJars.entries(write(good))));
        Random random = new Random(20261127);
        Set<FileVerdict> seen = EnumSet.noneOf(FileVerdict.class);
        for (int i = 0; i < 800; i++) {
            Path damaged = write(damage(good, random));
            try {
                inspector.inspect(damaged);
                assertThat(SampleJars.entries(damaged)).as("round " + i).usingRecursiveComparison().isEqualTo(content);
            } catch (Refused e) {
                seen.add(e.verdict());
            }
        }
        assertThat(seen).contains(FileVerdict.NOT_A_JAR, FileVerdict.TAMPERED);
    }

    private static Path write(byte[] bytes) throws Exception {
        return Files.write(folder.resolve("damaged.jar"), bytes);
    }

    private static byte[] damage(byte[] good, Random random) {
        byte[] bytes = random.nextInt(4) == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
        for (int n = random.nextInt(4); n >= 0 && bytes.length > 0; n--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
