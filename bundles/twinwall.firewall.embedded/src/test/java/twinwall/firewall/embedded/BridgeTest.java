/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.TestFirewall.CLIENT;
import static twinwall.firewall.embedded.TestFirewall.SERVER;
import static twinwall.firewall.embedded.TestFirewall.entries;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.MacEntry;
import twinwall.firewall.MacEntry.Type;
import twinwall.record.MacAddress;

class BridgeTest {

    private static final String OWN = "02:00:5e:00:53:01";
    private static final String ANN = "00:00:5e:00:53:0a";
    private static final String BEN = "00:00:5e:00:53:0b";
    private static final String EVE = "00:00:5e:00:53:0e";
    private static final String ALL = "ff:ff:ff:ff:ff:ff";
    private static final String[] SETTINGS = {"switch_ports", "4", "max_learned_macs", "5", "max_static_macs", "2"};

    private final TestFirewall firewall = new TestFirewall(SETTINGS);

    BridgeTest() {
        firewall.pass(0);
    }

    @SuppressWarnings("unchecked")
    private static FirewallTable<MacEntry> table(TestFirewall of) {
        return (FirewallTable<MacEntry>) of.firewall.tables().get("static-mac");
    }

    private static byte[] addressed(String from, String to, byte[] frame) {
        ByteBuffer.wrap(frame).putLong(MacAddress.parse(to).bits() << 16).position(6).put(mac(from));
        return frame;
    }

    private static byte[] mac(String text) {
        byte[] octets = new byte[6];
        ByteBuffer.wrap(ByteBuffer.allocate(8).putLong(MacAddress.parse(text).bits()).array()).position(2).get(octets);
        return octets;
    }

    /** A frame that only stations inside see: its type is none that the firewall knows. */
    private static byte[] frame(String from, String to, int... vlans) {
        byte[] plain = new byte[60];
        plain[12] = (byte) 0x88;
        plain[13] = (byte) 0xb5;
        byte[] tagged = vlans.length == 0 ? plain : Frames.tagged(plain, 0x8100);
        if (vlans.length > 0) {
            ByteBuffer.wrap(tagged).putShort(14, (short) (0xe000 | vlans[0]));
        }
        return addressed(from, to, tagged);
    }

    private Verdict in(int port, byte[] frame) {
        return firewall.firewall.process(firewall.now, port, new Frame(frame));
    }

    private static Map<String, Object> run(TestFirewall on, String verb, String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            given.put(arguments[i], arguments[i + 1]);
        }
        return on.firewall.commands().stream().filter(command -> command.name().equals("mac")).findFirst().orElseThrow().run(verb, given);
    }

    private static void assertFlooded(Verdict verdict, int... to) {
        long bits = 0;
        for (int port : to) {
            bits |= 1L << port;
        }
        assertThat(verdict.flooded()).as(verdict.toString()).isTrue();
        assertThat(verdict.interfaces()).as(verdict.toString()).isEqualTo(bits);
    }

    @Test
    void theUnknownIsFloodedAndTheKnownGoesToItsPort() {
        assertFlooded(in(0, frame(ANN, BEN)), 2, 3, 4);
        assertThat(in(3, frame(BEN, ANN)).interfaces()).isEqualTo(1L);
        assertThat(in(0, frame(ANN, BEN)).egress()).isEqualTo(3);
        assertFlooded(in(2, frame(EVE, ALL)), 0, 3, 4);
        assertThat(in(2, frame(EVE, EVE)).reason()).isEqualTo(DropReason.SAME_PORT);
    }

    @Test
    void whoeverMovesIsFoundWhereHeIs() {
        in(0, frame(ANN, ALL));
        in(4, frame(ANN, ALL));
        assertThat(in(2, frame(BEN, ANN)).egress()).isEqualTo(4);
        assertThat(table(firewall).size()).isEqualTo(2);
    }

    @Test
    void aSilentStationIsForgottenAfterFiveMinutes() {
        in(0, frame(ANN, ALL));
        firewall.pass(200);
        in(0, frame(ANN, ALL));
        firewall.pass(299);
        assertThat(in(2, frame(BEN, ANN)).egress()).isZero();
        firewall.pass(1.2);
        assertFlooded(in(2, frame(BEN, ANN)), 0, 3, 4);
        firewall.pass(300);
        firewall.pass(2);
        assertThat(table(firewall).size()).isZero();
    }

    @Test
    void vlansDoNotKnowOfEachOther() {
        in(0, frame(ANN, ALL, 10));
        assertThat(in(2, frame(BEN, ANN, 10)).egress()).isZero();
        assertFlooded(in(2, frame(BEN, ANN, 11)), 0, 3, 4);
        assertFlooded(in(2, frame(BEN, ANN)), 0, 3, 4);
        in(0, frame(ANN, ALL, 0));
        assertThat(in(2, frame(BEN, ANN)).egress()).as("a tag with a priority only is no VLAN").isZero();
    }

    @Test
    void aStaticAddressIsNowhereElse() {
        run(firewall, "add", "mac", ANN, "interface", "3");
        assertThat(in(0, frame(ANN, BEN)).reason()).isEqualTo(DropReason.BAD_SOURCE_MAC);
        assertThat(in(0, addressed(ANN, OWN, TestFirewall.syn())).reason()).isEqualTo(DropReason.BAD_SOURCE_MAC);
        assertThat(in(2, frame(BEN, ANN)).egress()).isEqualTo(3);
        assertFlooded(in(3, frame(ANN, EVE)), 0, 2, 4);
        assertThat(in(3, addressed(ANN, OWN, TestFirewall.syn())).egress()).isEqualTo(EmbeddedFirewall.OUTSIDE);
        assertFlooded(in(0, frame(ANN, BEN, 9)), 2, 3, 4);
    }

    @Test
    void framesToTheFirewallAreRoutedAndAnswersFindTheirPort() {
        assertThat(in(3, addressed(ANN, OWN, TestFirewall.syn())).egress()).isEqualTo(EmbeddedFirewall.OUTSIDE);
        assertThat(in(1, addressed(OWN, ANN, TestFirewall.synAck())).egress()).isEqualTo(3);
        assertFlooded(in(1, addressed(OWN, BEN, TestFirewall.synAck())), 0, 2, 3, 4);
        assertThat(in(1, addressed(OWN, ANN, Frames.udp(SERVER, 1, CLIENT, 2, 1))).reason()).isEqualTo(DropReason.DENIED);
        assertThat(entries(table(firewall))).as("nothing is learned outside").extracting(MacEntry::address)
                .containsExactly(MacAddress.parse(ANN));
    }

    @Test
    void everyInsidePortIsInTheInsideZone() {
        assertThat(in(4, addressed(ANN, OWN, TestFirewall.syn())).egress()).isEqualTo(EmbeddedFirewall.OUTSIDE);
        in(1, addressed(OWN, ANN, TestFirewall.synAck()));
        assertThat(in(2, addressed(BEN, OWN, TestFirewall.ack())).egress()).as("whichever it is").isEqualTo(EmbeddedFirewall.OUTSIDE);
    }

    @Test
    void whatNoBridgeForwardsIsDropped() {
        assertThat(in(0, frame(ANN, "01:80:c2:00:00:00")).reason()).isEqualTo(DropReason.BRIDGE_CONTROL);
        assertThat(in(0, frame(ANN, "01:80:c2:00:00:0e")).reason()).isEqualTo(DropReason.BRIDGE_CONTROL);
        assertFlooded(in(0, frame(ANN, "01:80:c2:00:00:10")), 2, 3, 4);
        assertThat(in(0, frame(ANN, BEN, 4095)).reason()).isEqualTo(DropReason.BRIDGE_CONTROL);
        assertThat(in(0, frame(ALL, BEN)).reason()).isEqualTo(DropReason.BAD_SOURCE_MAC);
        assertThat(in(0, frame(OWN, BEN)).reason()).isEqualTo(DropReason.BAD_SOURCE_MAC);
        assertThat(in(0, new byte[13]).reason()).isEqualTo(DropReason.TRUNCATED);
        assertThat(in(0, Arrays.copyOf(frame(ANN, BEN, 5), 15)).reason()).isEqualTo(DropReason.TRUNCATED);
    }

    @Test
    void aFloodOfAddressesIsForgottenAndKeepsNoStaticOneOut() {
        for (int i = 0; i < 1000; i++) {
            in(0, frame(String.format("00:00:5e:01:%02x:%02x", i >> 8, i & 255), BEN));
        }
        assertThat(table(firewall).size()).isEqualTo(5);
        run(firewall, "add", "mac", ANN, "interface", "2");
        run(firewall, "add", "mac", BEN, "interface", "3");
        assertThat(table(firewall).size()).isEqualTo(7);
        assertThatThrownBy(() -> run(firewall, "add", "mac", EVE, "interface", "3")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void afterATakeoverAStaticStationIsServedWithoutFlooding() {
        TestFirewall standby = takeOver();
        assertThat(standby.firewall.process(standby.now, 0, new Frame(frame(ANN, BEN))).egress()).isEqualTo(3);
        assertThat(standby.firewall.process(standby.now, 0, new Frame(frame(BEN, ANN))).reason()).isEqualTo(DropReason.BAD_SOURCE_MAC);
    }

    @Test
    void afterATakeoverWithoutTheTableItIsFlooded() {
        TestFirewall standby = takeOver("static-mac");
        assertFlooded(standby.firewall.process(standby.now, 0, new Frame(frame(ANN, BEN))), 2, 3, 4);
        assertThat(standby.firewall.process(standby.now, 0, new Frame(frame(BEN, ANN))).reason()).as("anybody may be BEN")
                .isEqualTo(DropReason.SAME_PORT);
    }

    private TestFirewall takeOver(String... without) {
        run(firewall, "add", "mac", BEN, "interface", "3");
        TestFirewall standby = new TestFirewall("switch_ports", "4", "forwarding", "false");
        firewall.copyAllBut(standby, without);
        standby.takeOverFrom(firewall);
        return standby;
    }

    @Test
    void whatWasLearnedBeforeATakeoverDoesNotCount() {
        in(0, frame(ANN, ALL));
        firewall.firewall.setForwarding(false);
        firewall.firewall.setForwarding(true);
        assertFlooded(in(2, frame(BEN, ANN)), 0, 3, 4);
    }

    @Test
    void aPortThatIsNotHereIsRefused() {
        for (int port : new int[] {1, 5, 255}) {
            refused(new MacEntry(0, MacAddress.parse(ANN), port, Type.STATIC, 0), "unknown-interface");
        }
        refused(new MacEntry(4095, MacAddress.parse(ANN), 2, Type.STATIC, 0), "impossible-address");
        refused(new MacEntry(0, MacAddress.parse(ALL), 2, Type.STATIC, 0), "impossible-address");
        refused(new MacEntry(0, MacAddress.parse(OWN), 2, Type.STATIC, 0), "impossible-address");
        assertThat(table(firewall).size()).isZero();
        assertThatThrownBy(() -> run(firewall, "add", "mac", ANN, "interface", "9")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no inside port 9");
        assertThatThrownBy(() -> run(firewall, "add", "mac", "ann", "interface", "2"))
                .hasMessage("mac add: mac must be six octets such as 00:00:5e:00:53:01, unlike ann");
    }

    private void refused(MacEntry entry, String reason) {
        assertThatThrownBy(() -> table(firewall).restore(entry)).isInstanceOfSatisfying(EntryRefusedException.class, refusal ->
                assertThat(refusal.reason()).isEqualTo(reason));
    }

    @Test
    void addressesAreShownAndForgottenByCommand() {
        in(2, frame(EVE, ALL, 7));
        run(firewall, "add", "mac", "00-00-5E-00-53-0A", "interface", "0", "vlan", "7");
        Map<String, Object> listed = run(firewall, "list");
        assertThat(listed).containsEntry("size", 2).containsEntry("learned", 1);
        assertThat((List<?>) listed.get("entries")).anySatisfy(entry -> assertThat(entry).isEqualTo(Map.of("vlan", 7, "mac", ANN,
                "interface", 0, "type", "static", "remainingSeconds", 0)));
        assertThat(run(firewall, "remove", "mac", ANN)).containsEntry("removed", false);
        assertThat(run(firewall, "remove", "mac", ANN, "vlan", "7")).containsEntry("removed", true);
        assertThat(run(firewall, "remove", "mac", EVE, "vlan", "7")).containsEntry("size", 0);
    }

    @Test
    void withoutASwitchThereAreTwoInterfacesAndNoAddresses() {
        TestFirewall plain = new TestFirewall();
        assertThat(plain.inside(addressed(ANN, BEN, TestFirewall.syn())).egress()).isEqualTo(EmbeddedFirewall.OUTSIDE);
        assertThat(plain.inside(frame(ANN, BEN)).reason()).isEqualTo(DropReason.NOT_IP);
        assertThat(plain.firewall.interfaces()).isEqualTo(2);
        assertThatThrownBy(() -> plain.firewall.process(0, 2, new Frame(frame(ANN, BEN)))).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> run(plain, "add", "mac", ANN, "interface", "0")).hasMessageContaining("switch_ports");
        assertThat(table(plain).size()).isZero();
    }
}
