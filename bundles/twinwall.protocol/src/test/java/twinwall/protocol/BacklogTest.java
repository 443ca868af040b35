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

/** What waits for the peer: state, not a log. */
class BacklogTest {

    private static final long LIMIT = 10_000;

    private final Backlog backlog = new Backlog(LIMIT, new TestTable(TestGroup.spec("unused"), 0, 1, 1, LIMIT));
    private long clock;

    @Test
    void anEntryThatChangesAgainKeepsItsPlaceAndIsSentOnceInItsLatestState() {
        put("k1", "old");
        put("k2", "v2");
        put("k1", "new");
        assertThat(backlog.unsent()).isEqualTo(2);
        assertThat(sendAll()).containsExactly("1 k1=new", "2 k2=v2");
    }

    @Test
    void anEntryThatChangesWhileItIsOnItsWayIsSentAgainAfterTheOthers() {
        put("k1", "old");
        send();
        put("k2", "v2");
        put("k1", "new");
        assertThat(sendAll()).containsExactly("2 k2=v2", "3 k1=new");
        backlog.confirm(1);
        assertThat(backlog.size()).as("k1's latest state is not confirmed").isEqualTo(2);
        backlog.confirm(3);
        assertThat(backlog.size()).isZero();
        assertThat(backlog.bytes()).isZero();
        assertThat(backlog.inFlightBytes()).isZero();
    }

    @Test
    void anEntryThatChangesBetweenSendAndConfirmationStays() {
        put("k1", "old");
        send();
        put("k1", "new");
        backlog.confirm(1);
        assertThat(sendAll()).containsExactly("2 k1=new");
    }

    @Test
    void aMarkWaitsForWhatWasThereAndForNothingLater() {
        put("sent", "1");
        send();
        put("unsent", "1");
        assertThat(backlog.mark()).isEqualTo(2);
        put("later", "1");
        put("sent", "2");
        sendAll();
        assertThat(backlog.awaited()).isEqualTo(2);
        backlog.confirm(1);
        assertThat(backlog.awaited()).as("the state at the mark is there, however often it has changed since").isEqualTo(1);
        backlog.confirm(2);
        assertThat(backlog.awaited()).isZero();
        assertThat(backlog.size()).isEqualTo(2);
    }

    @Test
    void aMarkWaitsForTheStateThatWasNotSentYetAlsoWhenAnOlderOneIsConfirmed() {
        put("k1", "1");
        send();
        put("k1", "2");
        backlog.mark();
        backlog.confirm(1);
        assertThat(backlog.awaited()).isEqualTo(1);
        send();
        backlog.confirm(2);
        assertThat(backlog.awaited()).isZero();
    }

    @Test
    void aMarkHoldsOverALinkLossAndWhatIsDroppedIsNotAwaited() {
        put("k1", "1");
        put("k2", "1");
        send();
        send();
        backlog.mark();
        backlog.rewind(0);
        put("new", "1");
        assertThat(backlog.awaited()).isEqualTo(2);
        assertThat(send()).as("again, under the same number").isNotNull();
        backlog.confirm(1);
        assertThat(backlog.awaited()).isEqualTo(1);
        backlog.drop(backlog.find(probe("k1")) == null ? backlog.find(probe("k2")) : backlog.find(probe("k1")));
        assertThat(backlog.awaited()).isZero();
    }

    @Test
    void afterALinkLossJustWhatDidNotArriveIsSentAgainBeforeWhatIsNew() {
        for (int i = 1; i <= 4; i++) {
            put("k" + i, "v" + i);
            send();
        }
        put("k5", "v5");
        backlog.confirm(1);
        backlog.rewind(2);
        // The second arrived and was not yet confirmed.
        assertThat(sendAll()).containsExactly("3 k3=v3", "4 k4=v4", "5 k5=v5");
        backlog.confirm(5);
        assertThat(backlog.size()).isZero();
    }

    @Test
    void anEntryThatWasSentTwiceGoesOutOnceAfterALinkLoss() {
        put("k1", "old");
        send();
        put("k1", "new");
        send();
        backlog.rewind(0);
        assertThat(sendAll()).containsExactly("1 k1=new");
    }

    @Test
    void aPeerThatHasEverythingIsSentNothingAgain() {
        put("k1", "v1");
        put("k2", "v2");
        sendAll();
        backlog.rewind(2);
        assertThat(sendAll()).isEmpty();
        assertThat(backlog.size()).as("it is applied when it is confirmed, not when it was received").isEqualTo(2);
        backlog.confirm(2);
        assertThat(backlog.size()).isZero();
    }

    @Test
    void pastItsLimitItSaysSo() {
        int room = (int) (LIMIT / (Pending.OVERHEAD + 4));
        for (int i = 0; i < room; i++) {
            assertThat(put(String.format("%02d", i), "vv")).isTrue();
        }
        assertThat(put("xx", "vv")).isFalse();
    }

    @Test
    void changingAnEntryOverAndOverTakesNoMoreRoom() {
        for (int i = 0; i < 1000; i++) {
            assertThat(put("k1", "v" + i % 10)).isTrue();
        }
        assertThat(backlog.bytes()).isEqualTo(Pending.OVERHEAD + 4);
        assertThat(sendAll()).containsExactly("1 k1=v9");
    }

    @Test
    void clearedWhileChangesAreOnTheirWayItGoesOnWithTheNextNumber() {
        put("k1", "v1");
        put("k2", "v2");
        sendAll();
        backlog.clear();
        put("k1", "again");
        backlog.confirm(2);
        assertThat(backlog.size()).as("a late confirmation finds nothing").isEqualTo(1);
        assertThat(sendAll()).containsExactly("3 k1=again");
        backlog.confirm(3);
        assertThat(backlog.size()).isZero();
        assertThat(backlog.bytes()).isZero();
    }

    @Test
    void whatThePeerReplacedIsNotSent() {
        put("k1", "v1");
        put("k2", "v2");
        backlog.drop(backlog.find(probe("k1")));
        assertThat(backlog.unsent()).isEqualTo(1);
        assertThat(sendAll()).containsExactly("1 k2=v2");
    }

    @Test
    void whatThePeerReplacedWhileItWasOnItsWayIsNotSentAgainAfterALinkLoss() {
        put("k1", "v1");
        put("k2", "v2");
        sendAll();
        backlog.drop(backlog.find(probe("k1")));
        backlog.rewind(0);
        assertThat(sendAll()).containsExactly("1 k2=v2");
        backlog.confirm(1);
        assertThat(backlog.size()).isZero();
        assertThat(backlog.bytes()).isZero();
    }

    @Test
    void aRemovalMakesTheBatchUrgentUntilItIsSent() {
        put("k1", "v1");
        assertThat(backlog.removalWaits()).isFalse();
        put("k2", null);
        assertThat(backlog.removalWaits()).isTrue();
        sendAll();
        assertThat(backlog.removalWaits()).isFalse();
    }

    @Test
    void tellsTheAgeOfTheOldestThatIsNotConfirmed() {
        backlog.put(probe("k1"), bytes("v"), Entry.NOTHING, 1, 100);
        backlog.put(probe("k2"), bytes("v"), Entry.NOTHING, 2, 150);
        assertThat(backlog.oldestMillis(200)).isEqualTo(100);
        sendAll();
        assertThat(backlog.oldestMillis(200)).isEqualTo(100);
        backlog.confirm(1);
        assertThat(backlog.oldestMillis(200)).isEqualTo(50);
        backlog.confirm(2);
        assertThat(backlog.oldestMillis(200)).isZero();
    }

    private boolean put(String key, String value) {
        clock++;
        return backlog.put(probe(key), value == null ? null : bytes(value), Entry.NOTHING, Cell.stamp(clock, 0), clock);
    }

    private String send() {
        Pending next = backlog.send();
        return next == null ? null : next.seq + " " + new String(next.key, StandardCharsets.US_ASCII) + "="
                + (next.value == null ? "removed" : new String(next.value, StandardCharsets.US_ASCII));
    }

    private List<String> sendAll() {
        List<String> all = new ArrayList<>();
        for (String next = send(); next != null; next = send()) {
            all.add(next);
        }
        assertThat(backlog.unsent()).isZero();
        return all;
    }

    private static Pending probe(String key) {
        return new Pending(bytes(key), key.hashCode());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
