/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import twinwall.record.samples.Versions;
import twinwall.record.samples.Versions.GrownState;
import twinwall.record.samples.Versions.New;
import twinwall.record.samples.Versions.NewKeyState;
import twinwall.record.samples.Versions.NewPart;
import twinwall.record.samples.Versions.NewState;
import twinwall.record.samples.Versions.Old;
import twinwall.record.samples.Versions.OldKeyState;
import twinwall.record.samples.Versions.OldPart;
import twinwall.record.samples.Versions.OldState;

class LayoutTest {

    private static final RecordCodec<Old> OLD = RecordCodec.of(Old.class);
    private static final RecordCodec<New> NEW = RecordCodec.of(New.class);

    @Test
    void theNewVersionReadsWhatTheOldOneWrote() throws RecordFormatException {
        Old old = new Old(5, OldState.DONE, 77, true, new OldPart(1), List.of(new OldPart(2), new OldPart(3)), Optional.of(new OldPart(4)),
                "dropped", 9);
        New read = NEW.reader(OLD.layout()).entry(OLD.key(old), OLD.value(old), OLD.soft(old));
        assertThat(read).isEqualTo(new New("", 5, 9, new NewPart("", 1, false), false, true, NewState.DONE, 77,
                List.of(new NewPart("", 2, false), new NewPart("", 3, false)), Optional.of(new NewPart("", 4, false)),
                Optional.empty(), 0));
    }

    @Test
    void theOldVersionReadsWhatTheNewOneWrote() throws RecordFormatException {
        New written = new New("added", 5, 9, new NewPart("a", 1, true), true, true, NewState.DONE, 77,
                List.of(new NewPart("b", 2, true), new NewPart("c", 3, false)), Optional.of(new NewPart("d", 4, true)),
                Optional.of("x"), 8);
        Old read = OLD.reader(NEW.layout()).entry(NEW.key(written), NEW.value(written), NEW.soft(written));
        assertThat(read).isEqualTo(new Old(5, OldState.DONE, 77, true, new OldPart(1), List.of(new OldPart(2), new OldPart(3)),
                Optional.of(new OldPart(4)), "", 9));
    }

    @Test
    void anUnknownConstantBecomesTheFirstOne() throws RecordFormatException {
        New written = new New("", 5, 9, new NewPart("", 1, true), true, true, NewState.GONE, 77, List.of(), Optional.empty(),
                Optional.empty(), 8);
        assertThat(OLD.reader(NEW.layout()).entry(NEW.key(written), NEW.value(written), NEW.soft(written)).state()).isEqualTo(OldState.NEW);
    }

    @Test
    void anUnknownConstantInAKeyIsRefused() throws RecordFormatException {
        RecordCodec<OldKeyState> old = RecordCodec.of(OldKeyState.class);
        RecordCodec<NewKeyState> grown = RecordCodec.of(NewKeyState.class);
        RecordReader<OldKeyState> reader = old.reader(grown.layout());
        assertThat(reader.keyOnly(grown.key(new NewKeyState(GrownState.DONE))).state()).isEqualTo(Versions.PrefixState.DONE);
        assertThatThrownBy(() -> reader.keyOnly(grown.key(new NewKeyState(GrownState.GONE))))
                .isInstanceOf(RecordFormatException.class).hasMessageContaining("GONE");
    }

    @Test
    void numbersMayGrowAndShrinkWithinTheirRange() throws RecordFormatException {
        RecordCodec<Versions.Small> small = RecordCodec.of(Versions.Small.class);
        RecordCodec<Versions.Large> large = RecordCodec.of(Versions.Large.class);
        Versions.Small tiny = new Versions.Small(1, (byte) -128);
        assertThat(large.reader(small.layout()).entry(small.key(tiny), small.value(tiny), new byte[0]).count()).isEqualTo(-128);
        Versions.Large fits = new Versions.Large(1, 127);
        Versions.Large huge = new Versions.Large(1, 128);
        RecordReader<Versions.Small> reader = small.reader(large.layout());
        assertThat(reader.entry(large.key(fits), large.value(fits), new byte[0]).count()).isEqualTo((byte) 127);
        assertThatThrownBy(() -> reader.entry(large.key(huge), large.value(huge), new byte[0]))
                .isInstanceOf(RecordFormatException.class).hasMessageContaining("'count'").hasMessageContaining("128");
    }

    @Test
    void anIncompatibleLayoutIsRefusedByTheNameOfTheComponent() {
        assertIncompatible(Versions.OtherKeyType.class,
                "Key component 'id' is a whole number (int) here and a whole number (long) on the peer");
        assertIncompatible(Versions.LongerKey.class, "Key component 'vsys' of the peer is missing here");
        assertIncompatible(Versions.OtherKeyName.class, "Key component 1 is 'id' here and 'number' on the peer");
        assertIncompatible(Versions.KeyBecameValue.class, "Key component 1 is 'id' here and 'other' on the peer");
        assertIncompatible(Versions.CountAsText.class, "Component 'count' is a whole number (int) here and text on the peer");
        assertIncompatible(Versions.PartAsNumber.class, "Component 'part' is a record of size here and a whole number (int) on the peer");
        assertIncompatible(Versions.PartsAsText.class, "Component 'parts' is a record of size here and text on the peer");
    }

    private static void assertIncompatible(Class<? extends Record> peer, String message) {
        byte[] layout = RecordCodec.of(peer).layout();
        assertThatThrownBy(() -> OLD.reader(layout)).isInstanceOf(IncompatibleLayoutException.class).hasMessage(message);
    }

    @Test
    void aMissingKeyComponentIsNamed() {
        byte[] layout = OLD.layout();
        assertThatThrownBy(() -> RecordCodec.of(Versions.LongerKey.class).reader(layout)).isInstanceOf(IncompatibleLayoutException.class)
                .hasMessage("Key component 'vsys' is missing on the peer");
    }

    @Test
    void aLayoutOfAnotherVersionIsRefused() {
        byte[] layout = OLD.layout();
        layout[0] = 2;
        assertThatThrownBy(() -> OLD.reader(layout)).isInstanceOf(RecordFormatException.class).hasMessageContaining("version 2");
        assertThatThrownBy(() -> OLD.reader(new byte[0])).isInstanceOf(RecordFormatException.class);
        assertThatThrownBy(() -> OLD.reader(new byte[LayoutFormat.MAX_BYTES + 1])).isInstanceOf(RecordFormatException.class);
    }

    @Test
    void aLayoutNestedTooDeepIsRefused() {
        byte[] deep = new byte[1000];
        Arrays.fill(deep, (byte) 34);
        deep[0] = 1;
        assertThatThrownBy(() -> OLD.reader(deep)).isInstanceOf(RecordFormatException.class).hasMessageContaining("deeper");
    }

    @Test
    void theLayoutCannotBeChangedFromOutside() {
        byte[] layout = OLD.layout();
        layout[0] = 9;
        assertThat(OLD.layout()[0]).isEqualTo((byte) 1);
    }
}
