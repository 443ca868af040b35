/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import twinwall.record.samples.Everything;
import twinwall.record.samples.Everything.Color;
import twinwall.record.samples.Mapping;
import twinwall.record.samples.Unsupported;
import twinwall.record.samples.Versions;

class RecordCodecTest {

    private static final RecordCodec<Everything> EVERYTHING = RecordCodec.of(Everything.class);
    private static final RecordCodec<Mapping> MAPPING = RecordCodec.of(Mapping.class);
    private static final Mapping EXAMPLE = new Mapping(1, new Mapping.Ip4(0xc0000207), 8080, true, Optional.of(-3), 300);

    @Test
    void everyTypeComesBackAsItWas() throws RecordFormatException {
        for (int seed = 0; seed < 2000; seed++) {
            Everything entry = Samples.everything(new Random(seed));
            Everything back = EVERYTHING.entry(EVERYTHING.key(entry), EVERYTHING.value(entry), EVERYTHING.soft(entry));
            assertThat(back).as("seed " + seed).isEqualTo(entry);
        }
    }

    @Test
    void theExampleOfTheFormatIsWrittenAsTheFormatSays() {
        assertThat(hex(MAPPING.key(EXAMPLE))).isEqualTo("02c00002071f90");
        assertThat(hex(MAPPING.value(EXAMPLE))).isEqualTo("0305");
        assertThat(hex(MAPPING.soft(EXAMPLE))).isEqualTo("d804");
        assertThat(hex(MAPPING.layout())).isEqualTo("012106" + "0476737973011300" + "06696e73696465012101046269747300" + "1304"
                + "04706f7274011302" + "056c6f63616c0001" + "056c696d697400221300" + "077061636b657473021400");
    }

    @Test
    void aKeyAloneHasDefaultsForTheRest() throws RecordFormatException {
        assertThat(MAPPING.keyOnly(MAPPING.key(EXAMPLE)))
                .isEqualTo(new Mapping(1, new Mapping.Ip4(0xc0000207), 8080, false, Optional.empty(), 0));
        Everything key = EVERYTHING.keyOnly(EVERYTHING.key(Samples.everything(new Random(7))));
        assertThat(key.color()).isNotNull();
        assertThat(key.password()).isEmpty();
        assertThat(key.parts()).isEmpty();
        assertThat(key.ipv4().getHostAddress()).isEqualTo("0.0.0.0");
        assertThat(key.at()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(EVERYTHING.value(key)).as("defaults can be written").isNotEmpty();
    }

    @Test
    void softFactsMayBeLeftOut() throws RecordFormatException {
        assertThat(MAPPING.entry(MAPPING.key(EXAMPLE), MAPPING.value(EXAMPLE), new byte[0]).packets()).isZero();
    }

    @Test
    void softFactsAreInTheSoftPartOnly() {
        Mapping other = new Mapping(1, EXAMPLE.inside(), 8080, true, Optional.of(-3), 301);
        assertThat(MAPPING.key(other)).isEqualTo(MAPPING.key(EXAMPLE));
        assertThat(MAPPING.value(other)).isEqualTo(MAPPING.value(EXAMPLE));
        assertThat(MAPPING.soft(other)).isNotEqualTo(MAPPING.soft(EXAMPLE));
    }

    @Test
    void anOperatorSeesEverythingButSecrets() throws Exception {
        Everything entry = new Everything("a", Color.LIGHT_GREEN, InetAddress.getByName("192.0.2.1"),
                MacAddress.parse("00:00:5e:00:53:01"), Optional.empty(), true, (byte) 1, (short) 2, 'c', 3, 4, 5, 6,
                EVERYTHING.keyOnly(EVERYTHING.key(Samples.everything(new Random(1)))).ipv4(),
                EVERYTHING.keyOnly(EVERYTHING.key(Samples.everything(new Random(1)))).ipv6(), Instant.EPOCH,
                List.of(new Everything.Part(7, Optional.of("x"), true, "1234")), Optional.empty(), List.of(true),
                List.of(Optional.of(8L)), Optional.of(List.of("w")), List.of(9), new Everything.Part(1, Optional.empty(), false, "9"),
                "secret", false, 10, true);
        Map<String, Object> described = EVERYTHING.describe(EVERYTHING.key(entry), EVERYTHING.value(entry), EVERYTHING.soft(entry));
        assertThat(described).containsEntry("color", "light-green").containsEntry("address", "192.0.2.1")
                .containsEntry("mac", "00:00:5e:00:53:01").containsEntry("at", "1970-01-01T00:00:00Z")
                .containsEntry("parts", List.of(Map.of("size", 7, "label", "x", "spare", true)))
                .containsEntry("main", Map.of("size", 1, "spare", false)).containsEntry("words", List.of("w"))
                .doesNotContainKeys("zone", "best", "password");
        assertThat(described.toString()).doesNotContain("1234").doesNotContain("secret");
        assertThat(new ArrayList<>(described.keySet()).subList(0, 3)).containsExactly("name", "color", "address");
    }

    @Test
    void everyOtherFormOfAKeyIsRefused() {
        byte[] key = MAPPING.key(EXAMPLE);
        assertRefused(Arrays.copyOf(key, key.length + 1), "too many");
        assertRefused(Arrays.copyOf(key, key.length - 1), "end too early");
        assertRefused(HexFormat.of().parseHex("8200c00002071f90"), "shortest form");
        assertRefused(HexFormat.of().parseHex("ffffffffffffffffff02c00002071f90"), "shortest form");
        assertRefused(HexFormat.of().parseHex("8080808080c00002071f90"), "Component 'vsys'");
    }

    private static void assertRefused(byte[] key, String why) {
        assertThatThrownBy(() -> MAPPING.keyOnly(key)).isInstanceOf(RecordFormatException.class).hasMessageContaining(why);
    }

    @Test
    void aBitWithoutMeaningIsRefused() {
        assertThatThrownBy(() -> MAPPING.entry(MAPPING.key(EXAMPLE), new byte[] {4}, new byte[0]))
                .isInstanceOf(RecordFormatException.class).hasMessageContaining("bit");
    }

    @Test
    void anEntryThatDoesNotFitIsRefusedByTheNameOfItsComponent() {
        assertThatIllegalArgumentException().isThrownBy(() -> MAPPING.key(new Mapping(1, EXAMPLE.inside(), 65536, true, null, 0)))
                .withMessageContaining("'port'").withMessageContaining("65536");
        assertThatIllegalArgumentException().isThrownBy(() -> MAPPING.key(new Mapping(1, EXAMPLE.inside(), -1, true, null, 0)));
        assertThatIllegalArgumentException().isThrownBy(() -> MAPPING.value(new Mapping(1, EXAMPLE.inside(), 1, true, null, 0)))
                .withMessageContaining("'limit'").withMessageContaining("null");
        assertThatIllegalArgumentException().isThrownBy(() -> MAPPING.key(new Mapping(1, null, 1, true, null, 0)))
                .withMessageContaining("'inside.bits'");
    }

    @Test
    void whatTheConstructorRefusesIsNoEntry() throws RecordFormatException {
        RecordCodec<Unsupported.Picky> codec = RecordCodec.of(Unsupported.Picky.class);
        assertThat(codec.keyOnly(new byte[] {2}).id()).isOne();
        assertThatThrownBy(() -> codec.keyOnly(new byte[] {0})).isInstanceOf(RecordFormatException.class)
                .hasMessageContaining("id must be positive");
    }

    @Test
    void recordsThatCannotBeWrittenAreNamed() {
        assertThatIllegalArgumentException().isThrownBy(() -> RecordCodec.of(Unsupported.NoKey.class)).withMessageContaining("@Key");
        assertThatIllegalArgumentException().isThrownBy(() -> RecordCodec.of(Unsupported.Boxed.class)).withMessageContaining("count");
        assertThatIllegalArgumentException().isThrownBy(() -> RecordCodec.of(Unsupported.WithMap.class)).withMessageContaining("map");
        assertThatIllegalArgumentException().isThrownBy(() -> RecordCodec.of(Unsupported.Endless.class)).withMessageContaining("deeper");
        assertThatIllegalArgumentException().isThrownBy(() -> RecordCodec.of(Unsupported.TooFixed.class)).withMessageContaining("id");
        assertThatIllegalArgumentException().isThrownBy(() -> RecordCodec.of(Unsupported.KeyAndSoft.class)).withMessageContaining("id");
        assertThatIllegalArgumentException().isThrownBy(() -> RecordCodec.of(Unsupported.hidden())).withMessageContaining("public");
    }

    @Test
    void halfASurrogatePairIsRefusedSoThatTwoKeysDoNotBecomeOne() {
        Everything entry = Samples.everything(new Random(3));
        Everything half = new Everything("\ud83d", entry.color(), entry.address(), entry.mac(), entry.zone(), true, (byte) 0, (short) 0,
                'c', 0, 0, 0, 0, entry.ipv4(), entry.ipv6(), entry.at(), List.of(), Optional.empty(), List.of(), List.of(),
                Optional.empty(), List.of(), entry.main(), "", true, 0, true);
        assertThatIllegalArgumentException().isThrownBy(() -> EVERYTHING.key(half)).withMessageContaining("'name'");
    }

    @Test
    void numbersKeepTheirExtremes() throws RecordFormatException {
        RecordCodec<Versions.Large> codec = RecordCodec.of(Versions.Large.class);
        for (long count : new long[] {0, -1, 1, 63, 64, -64, -65, Long.MAX_VALUE, Long.MIN_VALUE}) {
            Versions.Large entry = new Versions.Large(Integer.MIN_VALUE, count);
            assertThat(codec.entry(codec.key(entry), codec.value(entry), new byte[0])).isEqualTo(entry);
        }
    }

    @Test
    void aMacAddressIsReadAndShown() {
        assertThat(MacAddress.parse("00-00-5E-00-53-fF").toString()).isEqualTo("00:00:5e:00:53:ff");
        assertThatIllegalArgumentException().isThrownBy(() -> MacAddress.parse("00:00:5e:00:53"));
        assertThatIllegalArgumentException().isThrownBy(() -> MacAddress.parse("00:00:5e:00:53:0g"));
        assertThatIllegalArgumentException().isThrownBy(() -> new MacAddress(1L << 48));
    }

    @Test
    void entriesPastTheLimitAreRefused() {
        String text = "x".repeat(RecordReader.MAX_SECTION);
        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSize(RecordReader.MAX_SECTION);
        Versions.Old entry = new Versions.Old(1, Versions.OldState.NEW, 0, false, new Versions.OldPart(0), List.of(), Optional.empty(),
                text, 0);
        assertThatIllegalArgumentException().isThrownBy(() -> RecordCodec.of(Versions.Old.class).value(entry));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
