/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

/** A whole table on its way, in constant memory. */
class SnapshotOutTest {

    private final SnapshotOut snapshot = new SnapshotOut(1);
    private final List<Long> told = new ArrayList<>();

    @Test
    void theHandlerWaitsWhenSoManyEntriesAreNotConfirmed() {
        for (int i = 1; i <= SnapshotOut.WINDOW_ENTRIES; i++) {
            assertThat(snapshot.room()).isTrue();
            add(i);
        }
        assertThat(snapshot.room()).isFalse();
        send(SnapshotOut.WINDOW_ENTRIES);
        assertThat(snapshot.room()).as("sent is not confirmed").isFalse();
        confirm(1);
        assertThat(snapshot.room()).isTrue();
    }

    @Test
    void theHandlerWaitsWhenSoManyBytesAreNotConfirmed() {
        int entries = 0;
        while (snapshot.room()) {
            snapshot.add(new Entry(bytes("k"), new byte[Limits.VALUE], Entry.NOTHING, ++entries), 0);
        }
        assertThat(entries).isBetween(SnapshotOut.WINDOW_BYTES / (Limits.VALUE + 1000), SnapshotOut.WINDOW_BYTES / Limits.VALUE + 1);
    }

    @Test
    void aFewEntriesWaitForMoreUntilTheHandlerHasWrittenAll() {
        snapshot.begin(null);
        add(1);
        assertThat(snapshot.worthSending()).isFalse();
        snapshot.read(0);
        assertThat(snapshot.worthSending()).isTrue();
    }

    @Test
    void theEndComesAfterTheLastEntryAndOnce() {
        snapshot.begin(null);
        addAll(2);
        snapshot.read(0);
        send(1);
        assertThat(snapshot.endDue()).isFalse();
        send(1);
        assertThat(snapshot.endDue()).isTrue();
        snapshot.sendEnd();
        assertThat(snapshot.endDue()).isFalse();
    }

    @Test
    void anEmptyTableIsAnEndAlone() {
        snapshot.begin(null);
        snapshot.read(0);
        assertThat(snapshot.worthSending()).isFalse();
        assertThat(snapshot.endDue()).isTrue();
        snapshot.sendEnd();
        assertThat(confirm(0)).isFalse();
        assertThat(confirm(1)).isTrue();
    }

    @Test
    void itIsWholeWhenTheEndIsConfirmedNotWhenTheLastEntryIs() {
        sendAll(3);
        assertThat(confirm(3)).isFalse();
        assertThat(told).containsExactly(1L, 2L, 3L);
        assertThat(confirm(4)).isTrue();
    }

    @Test
    void afterALinkLossItGoesOnFromThePositionThePeerHas() {
        sendAll(5);
        confirm(1);
        snapshot.rewind(3);
        assertThat(snapshot.sent()).isEqualTo(3);
        assertThat(snapshot.peek().stamp()).isEqualTo(4);
        send(2);
        assertThat(snapshot.endDue()).isTrue();
        snapshot.sendEnd();
        assertThat(confirm(6)).isTrue();
        assertThat(told).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void anEndThatWasLostIsSentAgain() {
        sendAll(2);
        snapshot.rewind(2);
        assertThat(snapshot.endDue()).isTrue();
    }

    @Test
    void anEndThatArrivedIsNotSentAgain() {
        sendAll(2);
        snapshot.rewind(3);
        assertThat(snapshot.endDue()).isFalse();
        assertThat(confirm(3)).isTrue();
    }

    @Test
    void confirmationsMayComeTwice() {
        sendAll(3);
        confirm(2);
        confirm(2);
        confirm(1);
        assertThat(told).containsExactly(1L, 2L);
    }

    private void sendAll(int entries) {
        snapshot.begin(null);
        addAll(entries);
        snapshot.read(0);
        send(entries);
        snapshot.sendEnd();
    }

    private void addAll(int entries) {
        for (int i = 1; i <= entries; i++) {
            add(i);
        }
    }

    private void add(int stamp) {
        snapshot.add(new Entry(bytes("k" + stamp), bytes("v"), Entry.NOTHING, stamp), 0);
    }

    private void send(int entries) {
        for (int i = 0; i < entries; i++) {
            snapshot.send();
        }
    }

    private boolean confirm(long position) {
        return snapshot.confirm(position, entry -> told.add(entry.stamp()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
