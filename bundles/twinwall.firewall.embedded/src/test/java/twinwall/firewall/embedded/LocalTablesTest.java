/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.TestFirewall.CLIENT;
import static twinwall.firewall.embedded.TestFirewall.SERVER;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import twinwall.firewall.FirewallCommand;
import twinwall.firewall.embedded.packet.Checksums;
import twinwall.spi.LocalTable;

class LocalTablesTest {

    private static final String OPEN = "allow any->any";
    private static final String HUB = "198.51.100.9";

    private final TestFirewall firewall = new TestFirewall("rules", OPEN, "napt_pool", "203.0.113.1");

    private static long entries(TestFirewall of, String type) {
        return of.firewall.localTables().stream().filter(table -> table.type().equals(type)).findFirst().orElseThrow().entries();
    }

    private static FirewallCommand routes(TestFirewall of) {
        return of.firewall.commands().stream().filter(command -> command.name().equals("route")).findFirst().orElseThrow();
    }

    private static byte[] query(String from, String to) {
        return Frames.udp(from, 5000, to, 53, 100);
    }

    @Test
    void eachTableSaysWhyItIsNotBackedUp() {
        assertThat(firewall.firewall.localTables()).extracting(LocalTable::type)
                .containsExactly("routing", "bandwidth-management", "l2tp", "gre", "dsvpn", "content-security");
        assertThat(firewall.firewall.localTables()).allSatisfy(table -> {
            assertThat(table.reason()).isNotBlank().doesNotContain("\n");
            assertThat(table.entries()).isZero();
        });
        assertThat(firewall.firewall.tables().keySet()).doesNotContain("routing", "gre");
    }

    @Test
    void withARouteOnlyWhatHasOneGoesOn() {
        FirewallCommand routes = routes(firewall);
        routes.run("add", Map.of("prefix", "198.51.100.0/24", "interface", "outside", "next_hop", "192.0.2.1"));
        assertThat(firewall.inside(query(CLIENT, SERVER)).forwarded()).isTrue();
        assertThat(firewall.inside(query(CLIENT, "192.0.2.7")).reason()).isEqualTo(DropReason.NO_ROUTE);
        byte[] answer = Frames.udp(SERVER, 53, "203.0.113.1", 5000, 5);
        assertThat(firewall.outside(answer.clone()).reason()).as("no way back to the client").isEqualTo(DropReason.NO_ROUTE);
        routes.run("add", Map.of("prefix", "10.0.0.0/8", "interface", "inside"));
        assertThat(firewall.outside(answer).forwarded()).isTrue();
        assertThat(entries(firewall, "routing")).isEqualTo(2);
        routes.run("remove", Map.of("prefix", "198.51.100.0/24"));
        routes.run("remove", Map.of("prefix", "10.0.0.0/8"));
        assertThat(firewall.inside(query(CLIENT, "192.0.2.7")).forwarded()).as("without any route as before").isTrue();
    }

    @Test
    void theLongestRouteDecides() {
        FirewallCommand routes = routes(firewall);
        routes.run("add", Map.of("prefix", "0.0.0.0/0", "interface", "outside"));
        routes.run("add", Map.of("prefix", "198.51.0.0/16", "interface", "inside"));
        assertThat(firewall.inside(query(CLIENT, SERVER)).reason()).isEqualTo(DropReason.NO_ROUTE);
        routes.run("add", Map.of("prefix", "198.51.100.9/32", "interface", "outside"));
        assertThat(firewall.inside(query(CLIENT, SERVER)).forwarded()).isTrue();
        assertThat(firewall.inside(query("2001:db8::5", "2001:db8:9::1")).reason()).isEqualTo(DropReason.NO_ROUTE);
        routes.run("add", Map.of("prefix", "2001:db8:9::/48", "interface", "outside"));
        assertThat(firewall.inside(query("2001:db8::5", "2001:db8:9::1")).forwarded()).isTrue();
        assertThat(routes.run("list", Map.of()).toString()).contains("198.51.100.9/32", "2001:db8:9::/48");
    }

    @Test
    void badRoutesAreRefused() {
        TestFirewall small = new TestFirewall("max_routes", "1");
        FirewallCommand routes = routes(small);
        assertThatThrownBy(() -> routes.run("add", Map.of("prefix", "10.0.0.0/33", "interface", "inside"))).hasMessageContaining("prefix");
        assertThatThrownBy(() -> routes.run("add", Map.of("prefix", "10.0.0.0/8"))).hasMessageContaining("interface");
        assertThatThrownBy(() -> routes.run("add", Map.of("prefix", "10.0.0.0/8", "interface", "inside", "next_hop", "::1")))
                .hasMessageContaining("next_hop");
        assertThatThrownBy(() -> routes.run("remove", Map.of("prefix", "10.0.0.0/8"))).hasMessageContaining("no route");
        routes.run("add", Map.of("prefix", "10.0.0.0/8", "interface", "inside"));
        assertThatThrownBy(() -> routes.run("add", Map.of("prefix", "11.0.0.0/8", "interface", "inside")))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("max_routes");
        assertThatThrownBy(() -> routes.run("fly", Map.of())).hasMessageContaining("verbs");
    }

    @Test
    void aSourceSendsNoMoreThanItsShare() {
        TestFirewall limited = new TestFirewall("bandwidth_limit_kbps", "1024", "bandwidth_burst_bytes", "12800");
        limited.pass(0);
        int passed = 0;
        for (int i = 0; i < 2000; i++) {
            limited.pass(0.005);
            passed += limited.inside(Frames.udp(CLIENT, 5000, SERVER, 53, 1252)).forwarded() ? 1 : 0;
        }
        assertThat(passed).as("10 s at 128000 octets a second, and the burst, in packets of 1280").isBetween(1008, 1011);
        assertThat(limited.inside(Frames.udp("10.0.0.6", 5000, SERVER, 53, 1252)).forwarded()).as("another one has its own").isTrue();
        assertThat(limited.outside(Frames.udp(SERVER, 53, CLIENT, 5000, 1252)).forwarded()).as("answers do not count").isTrue();
        assertThat(limited.firewall.counters().dropped(DropReason.BANDWIDTH)).isEqualTo(2000 - passed);
        assertThat(entries(limited, "bandwidth-management")).isEqualTo(2);
        limited.pass(61);
        assertThat(entries(limited, "bandwidth-management")).isZero();
    }

    private static byte[] l2tp(int flags, int tunnel, int session, int... attributes) {
        ByteBuffer message = ByteBuffer.allocate(12 + attributes.length / 2 * 8);
        message.putShort((short) flags).putShort((short) message.capacity()).putShort((short) tunnel).putShort((short) session).putInt(0);
        for (int i = 0; i < attributes.length; i += 2) {
            message.putShort((short) 0x8008).putShort((short) 0).putShort((short) attributes[i]).putShort((short) attributes[i + 1]);
        }
        return message.array();
    }

    private static byte[] udp(String from, String to, byte[] data) {
        byte[] payload = ByteBuffer.allocate(8 + data.length).putShort((short) 1701).putShort((short) 1701)
                .putShort((short) (8 + data.length)).putShort((short) 0).put(data).array();
        return Frames.ip(from, to, 17, payload, 6);
    }

    @Test
    void tunnelsAndSessionsOfL2tpAreSeen() {
        TestFirewall plain = new TestFirewall("rules", OPEN);
        plain.inside(udp(CLIENT, HUB, l2tp(0xc802, 0, 0, 0, 1, 9, 11)));
        assertThat(entries(plain, "l2tp")).as("the client's number of the tunnel").isEqualTo(1);
        plain.outside(udp(HUB, CLIENT, l2tp(0xc802, 11, 0, 0, 2, 9, 22)));
        assertThat(entries(plain, "l2tp")).isEqualTo(2);
        plain.inside(udp(CLIENT, HUB, l2tp(0xc802, 22, 0, 0, 10, 14, 7)));
        assertThat(entries(plain, "l2tp")).as("the client's number of the session").isEqualTo(3);
        plain.outside(udp(HUB, CLIENT, new byte[] {0, 2, 0, 11, 0, 7, 0, 33}));
        assertThat(entries(plain, "l2tp")).as("data brings nothing new").isEqualTo(3);
        plain.outside(udp(HUB, CLIENT, l2tp(0xc802, 11, 7, 0, 14, 14, 9)));
        assertThat(entries(plain, "l2tp")).as("the session has ended").isEqualTo(2);
        plain.inside(udp(CLIENT, HUB, l2tp(0xc802, 22, 0, 0, 4, 9, 11)));
        assertThat(entries(plain, "l2tp")).as("the tunnel has ended").isZero();
        TestFirewall other = new TestFirewall("rules", OPEN);
        other.inside(udp(CLIENT, HUB, new byte[] {0, 2, 0, 22, 0, 8, 0, 33}));
        assertThat(entries(other, "l2tp")).as("what goes on elsewhere comes back").isEqualTo(2);
    }

    private static byte[] gre(int flags, int type, int key, byte[] data) {
        ByteBuffer gre = ByteBuffer.allocate(4 + ((flags & 0x2000) != 0 ? 4 : 0) + data.length);
        gre.putShort((short) flags).putShort((short) type);
        if ((flags & 0x2000) != 0) {
            gre.putInt(key);
        }
        return Frames.ip(CLIENT, HUB, 47, gre.put(data).array(), -1);
    }

    @Test
    void tunnelsOfGreAreSeenByAddressesAndKey() {
        TestFirewall plain = new TestFirewall();
        plain.inside(gre(0, 0x800, 0, new byte[20]));
        plain.inside(gre(0x2000, 0x800, 5, new byte[20]));
        plain.inside(gre(0x2000, 0x800, 6, new byte[20]));
        plain.inside(gre(0x2000, 0x800, 6, new byte[20]));
        assertThat(entries(plain, "gre")).isEqualTo(3);
        plain.inside(gre(0x2001, 0x880b, 7, new byte[20]));
        plain.inside(gre(0x4000, 0x800, 0, new byte[20]));
        plain.inside(Frames.ip(CLIENT, HUB, 47, new byte[2], -1));
        assertThat(entries(plain, "gre")).as("none of version 1, with routing, or cut").isEqualTo(3);
        plain.pass(301);
        assertThat(entries(plain, "gre")).isZero();
    }

    /** A registration reply for 10.9.0.1 of a hub 10.9.0.254, or another message of that form (RFC 2332, section 5.2). */
    private static byte[] nhrp(int type, int code, int holding) {
        ByteBuffer message = ByteBuffer.allocate(20 + 20 + 12);
        message.putShort((short) 1).putShort((short) 0x800).position(9).put((byte) 255).putShort((short) message.capacity());
        message.putShort((short) 0).putShort((short) 0).put((byte) 1).put((byte) type).put((byte) 4).put((byte) 0);
        message.put((byte) 4).put((byte) 4).putShort((short) 0).putInt(99).putInt(0xc0000201).putInt(0x0a090001).putInt(0x0a0900fe);
        message.position(40).put((byte) code).put((byte) 32).putShort((short) 0).putShort((short) 1400).putShort((short) holding);
        byte[] octets = message.array();
        message.putShort(12, (short) Checksums.finish(Checksums.sum(octets, 0, octets.length)));
        return octets;
    }

    @Test
    void spokesAreSeenForTheTimeOfTheirRegistration() {
        TestFirewall plain = new TestFirewall();
        plain.inside(gre(0x2000, 0x2001, 5, nhrp(3, 0, 7200)));
        assertThat(entries(plain, "dsvpn")).as("asked, not yet answered").isZero();
        plain.inside(gre(0x2000, 0x2001, 5, nhrp(4, 4, 7200)));
        assertThat(entries(plain, "dsvpn")).as("refused").isZero();
        plain.inside(gre(0x2000, 0x2001, 5, nhrp(4, 0, 7200)));
        assertThat(entries(plain, "dsvpn")).isEqualTo(1);
        byte[] wrong = nhrp(5, 0, 0);
        wrong[25] ^= 1;
        plain.inside(gre(0x2000, 0x2001, 5, wrong));
        assertThat(entries(plain, "dsvpn")).as("a wrong checksum").isEqualTo(1);
        plain.inside(gre(0x2000, 0x2001, 5, nhrp(5, 0, 0)));
        assertThat(entries(plain, "dsvpn")).as("purged").isZero();
        plain.inside(gre(0x2000, 0x2001, 5, nhrp(4, 0, 600)));
        plain.pass(599);
        assertThat(entries(plain, "dsvpn")).isEqualTo(1);
        plain.pass(2);
        assertThat(entries(plain, "dsvpn")).isZero();
    }

    private static byte[] segment(int sequence, String data) {
        byte[] text = data.getBytes(StandardCharsets.US_ASCII);
        byte[] frame = Frames.tcp(CLIENT, 4000, SERVER, 80, Frames.ACK, sequence, 901, text.length);
        System.arraycopy(text, 0, frame, 54, text.length);
        return frame;
    }

    @Test
    void aSessionThatCarriesASignatureIsDroppedFromThereOn() {
        TestFirewall guarded = new TestFirewall("content_signatures", "EVIL-THING; 0xdeadbeef00").connected();
        assertThat(guarded.inside(segment(101, "hello EVIL-")).forwarded()).isTrue();
        assertThat(guarded.inside(segment(101, "hello EVIL-")).forwarded()).as("sent again, read once").isTrue();
        assertThat(guarded.inside(segment(112, "EVIL-THIN")).forwarded()).isTrue();
        assertThat(entries(guarded, "content-security")).isEqualTo(1);
        assertThat(guarded.inside(segment(121, "G")).reason()).isEqualTo(DropReason.SIGNATURE);
        assertThat(guarded.inside(segment(122, "harmless")).reason()).isEqualTo(DropReason.SIGNATURE);
        assertThat(guarded.outside(TestFirewall.down(Frames.ACK, 901, 112, 3)).reason()).isEqualTo(DropReason.SIGNATURE);
        byte[] datagram = Frames.udp(CLIENT, 5000, SERVER, 53, 30);
        System.arraycopy(new byte[] {(byte) 0xde, (byte) 0xad, (byte) 0xbe, (byte) 0xef, 0}, 0, datagram, 50, 5);
        assertThat(guarded.inside(datagram).reason()).isEqualTo(DropReason.SIGNATURE);
        guarded.pass(7200);
        assertThat(entries(guarded, "content-security")).isZero();
    }

    @Test
    void afterATakeoverReadingBeginsInTheMiddle() {
        String[] settings = {"content_signatures", "EVIL-THING"};
        TestFirewall active = new TestFirewall(settings).connected();
        active.inside(segment(101, "hello EVIL-"));
        TestFirewall standby = new TestFirewall("content_signatures", "EVIL-THING", "forwarding", "false");
        active.copyTo(standby);
        standby.takeOverFrom(active);
        assertThat(entries(standby, "content-security")).isZero();
        assertThat(standby.inside(segment(112, "THING")).forwarded()).as("what lay across is not found").isTrue();
        assertThat(standby.inside(segment(117, "EVIL-THING")).reason()).isEqualTo(DropReason.SIGNATURE);
    }

    @Test
    void badSignaturesAreNamed() {
        for (String wrong : List.of("abc", "0xzz112233", "0x123", "x".repeat(1025))) {
            assertThatThrownBy(() -> new TestFirewall("content_signatures", wrong)).hasMessageContaining("content_signatures");
        }
    }

    @Test
    void tablesStayWithinTheirLimits() {
        TestFirewall small = new TestFirewall("rules", OPEN, "max_local_entries", "10", "bandwidth_limit_kbps", "1000000",
                "content_signatures", "EVIL");
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            small.inside(gre(0x2000, 0x2001, i, nhrp(4, 0, 1000)));
            small.inside(udp("10.1." + i / 250 + "." + (1 + i % 250), HUB, l2tp(0xc802, 0, 0, 0, 1, 9, 1 + i)));
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            small.inside(gre(0x2000, 0x2001, i, noise));
            small.inside(udp(CLIENT, HUB, noise));
            small.inside(Frames.ip(CLIENT, HUB, 47, noise, -1));
        }
        for (LocalTable table : small.firewall.localTables()) {
            assertThat(table.entries()).as(table.type()).isLessThanOrEqualTo(10);
        }
    }
}
