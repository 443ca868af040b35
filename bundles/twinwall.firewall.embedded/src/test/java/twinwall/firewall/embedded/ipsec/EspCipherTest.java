/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.ipsec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;

/** The test cases of draft-mcgrew-gcm-test-01, "Test Cases for the use of GCM and GMAC in IPsec ESP". */
class EspCipherTest {

    private record Case(String key, String salt, long spi, long number, boolean extended, String iv, String plain, String sealed) {
    }

    private static final String KEY_256 = "abbccddef00112233445566778899aababbccddef00112233445566778899aab";

    private static final List<Case> CASES = List.of(
            new Case("4c80cdefbb5d10da906ac73c3613a634", "2e443b68", 0x4321, 0x8765432100000000L, true, "4956ed7e3b244cfe",
                    "45000048699a000080114db7c0a80102c0a801010a9bf15638d3010000010000"
                            + "00000000045f736970045f756470037369700963796265726369747902646b00"
                            + "0021000101020201",
                    "fecf537e729d5b07dc30df528dd22b768d1b98736696a6fd348509fa13ceac34"
                            + "cfa2436f14a3f3cf65925bf1f4a13c5d15b21e1884f5ff6247aeabb786b93bce"
                            + "61bc17d768fd9732459018148f6cbe722fd04796562dfdb4"),
            new Case("feffe9928665731c6d6a8f9467308308feffe9928665731c", "cafebabe", 0xa5f8, 10, false, "facedbaddecaf888",
                    "45000028a4ad4000400678800a01038f0a010612802306b8cb712602dd6bb03e501016d075680001",
                    "a5b1f8066029aea40e598b8122de02420938b3ab33f828e687b8858b5bfbdbd0315b27452144cc77"
                            + "95457b9652037f5318027b5b4cd7a636"),
            new Case(KEY_256, "11223344", 0x4a2cbfe3, 2, false, "0102030405060708",
                    "4500003069a6400080062690c0a801029389155e0a9e008b2dc57ee0000000007002400020bf0000020405b40101040201020201",
                    "ff425c9b724599df7a3bcd510194e00d6a78107f1b0b1cbf06efae9d65a5d763748a637985771d347f0545659f14e99def842d8e"
                            + "b335f4eecfdbf831824b4c4915956c96"),
            new Case(KEY_256, "73616c74", 0x17405e67, 0x156f3126dd0db99bL, true, "616e640169766563",
                    "45080028732c00004006e9f90a0106120a01038f06b88023dd6bafbecb71260250101f646d540001",
                    "f2d69ecdbd5a0d5b8d5ef38bad4da58d1f278fde98ef67549d524a3018d9a57ff4d3a31ce673119e451626c2415771e3b7eebca614c89b35"),
            new Case("7d773d00c144c525ac619d18c84a3f47", "d9664267", 0x335467ae, 0xffffffffL, false, "43457e9182443bc6", "01020201",
                    "437f866bcb3f699fe9b0822bac961c4504bef270"));

    @Test
    void sealsAsTheTestCasesSay() {
        for (Case each : CASES) {
            byte[] plain = octets(each.plain);
            byte[] sealed = new byte[plain.length + EspCipher.ICV];
            cipher(true, each).seal(each.number, iv(each), plain, plain.length, sealed, 0);
            assertThat(HexFormat.of().formatHex(sealed)).isEqualTo(each.sealed);
        }
    }

    @Test
    void opensAsTheTestCasesSay() {
        for (Case each : CASES) {
            byte[] sealed = octets(each.sealed);
            byte[] plain = new byte[sealed.length - EspCipher.ICV];
            assertThat(cipher(false, each).open(each.number, iv(each), sealed, 0, sealed.length, plain, 0)).isTrue();
            assertThat(HexFormat.of().formatHex(plain)).isEqualTo(each.plain);
        }
    }

    @Test
    void everyBitIsAuthenticatedAndSoAreSpiAndAllBitsOfTheNumber() {
        for (Case each : CASES) {
            byte[] sealed = octets(each.sealed);
            EspCipher cipher = cipher(false, each);
            byte[] plain = new byte[sealed.length];
            for (int bit = 0; bit < sealed.length * 8; bit++) {
                byte[] wrong = sealed.clone();
                wrong[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(cipher.open(each.number, iv(each), wrong, 0, wrong.length, plain, 0)).isFalse();
            }
            assertThat(cipher.open(each.number ^ 1, iv(each), sealed, 0, sealed.length, plain, 0)).isFalse();
            boolean highCounts = !cipher.open(each.number ^ 1L << 32, iv(each), sealed, 0, sealed.length, plain, 0);
            assertThat(highCounts).isEqualTo(each.extended);
            EspCipher other = new EspCipher(false, octets(each.key + each.salt), each.spi ^ 1, each.extended);
            assertThat(other.open(each.number, iv(each), sealed, 0, sealed.length, plain, 0)).isFalse();
            assertThat(cipher.open(each.number, iv(each), sealed, 0, sealed.length, plain, 0)).as("still of use").isTrue();
        }
    }

    private static EspCipher cipher(boolean seals, Case of) {
        return new EspCipher(seals, octets(of.key + of.salt), of.spi, of.extended);
    }

    private static long iv(Case of) {
        return Long.parseUnsignedLong(of.iv, 16);
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
