/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.protocol.TestGroup.USUAL;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;
import twinwall.protocol.PeerTable.Standing;

/** Each firewall knows which handlers the other one has. */
class PeerTableTest {

    private static final HandlerOrigin NEWER = new HandlerOrigin("com.vendor.sessions", "2.1.0", 1_790_000_000_123L);

    private TestGroup group = TestGroup.inSync(USUAL);

    private PeerTable onB() {
        return group.a.state("sessions").peer();
    }

    private static TableSpec sessions(int schema, HandlerOrigin origin) {
        return new TableSpec("sessions", schema, new byte[] {1}, false, false, origin);
    }

    @Test
    void bothKnowTheOthersHandler() {
        HandlerOrigin origin = group.b.table("sessions").replica.spec().origin();
        assertThat(origin.isKnown()).isTrue();
        assertThat(onB()).isEqualTo(new PeerTable(Standing.WORKING, 1, origin));
        assertThat(group.b.state("sessions").peer()).isEqualTo(onB());
    }

    @Test
    void anUpdateIsTold() {
        group.b.table("sessions").handlerGoes();
        group.run(50);
        assertThat(onB()).isEqualTo(PeerTable.NONE);
        group.b.table("sessions").handlerComes(sessions(2, NEWER));
        group.untilQuiet();
        assertThat(onB()).isEqualTo(new PeerTable(Standing.WORKING, 2, NEWER));
    }

    @Test
    void itIsToldOfATableThatIsNotBackedUpHere() {
        group.a.table("sessions").handlerGoes();
        group.b.table("sessions").handlerGoes();
        group.run(50);
        assertThat(onB()).as("withdrawn").isEqualTo(PeerTable.NONE);
        group.b.table("sessions").handlerComes(sessions(1, NEWER));
        group.run(50);
        assertThat(onB().origin()).isEqualTo(NEWER);
        assertThat(group.b.state("sessions").peer()).isEqualTo(PeerTable.NONE);
    }

    @Test
    void aHandlerThatCannotTakeEntriesIsTold() {
        group.b.table("sessions").failing = true;
        group.a.table("sessions").set("k", "v");
        group.run(100);
        assertThat(onB().standing()).isEqualTo(Standing.FAILED);
        assertThat(onB().schema()).isEqualTo(1);
        group.b.table("sessions").failing = false;
        group.b.table("sessions").replica.retryRestoring();
        group.untilQuiet();
        assertThat(onB().standing()).isEqualTo(Standing.WORKING);
    }

    @Test
    void entriesThatAreKeptHaveNoHandler() {
        group.a.add(TestGroup.spec("napt"));
        group.b.add(TableSpec.kept("napt", new Work.Open(1, new byte[] {1}), false));
        group.run(300);
        assertThat(group.a.state("napt").peer()).isEqualTo(new PeerTable(Standing.KEPT, -1, HandlerOrigin.UNKNOWN));
        assertThat(group.b.state("napt").peer().standing()).isEqualTo(Standing.WORKING);
    }

    @Test
    void withoutALinkItIsWhatWasSaidLast() {
        HandlerOrigin origin = onB().origin();
        group.links.get(0).down();
        group.run(10);
        assertThat(onB()).isEqualTo(new PeerTable(Standing.UNKNOWN, 1, origin));
    }

    @Test
    void aPeerOfAnEarlierVersionIsKnownByItsSchemaAlone() {
        group = TestGroup.inSync(USUAL.withTables(sessions(3, HandlerOrigin.UNKNOWN)));
        assertThat(onB()).isEqualTo(new PeerTable(Standing.WORKING, 3, HandlerOrigin.UNKNOWN));
    }

    @Test
    void anOfferIsWrittenAsThePageOfTheProtocolSays() {
        List<String> offers = new ArrayList<>();
        group.tap = (end, frame) -> {
            if (end.owner == group.b && Frames.type(frame) == FrameType.OFFER) {
                offers.add(HexFormat.of().formatHex(frame));
            }
        };
        group.b.table("sessions").handlerComes(sessions(2, new HandlerOrigin("b", "1.2.3", 300)));
        group.run(50);
        assertThat(offers).singleElement().asString().startsWith("10" + "00" + "08" + "73657373696f6e73" + "02")
                .endsWith("0101" + "00" + "0162" + "05312e322e33" + "ac02");
    }
}
