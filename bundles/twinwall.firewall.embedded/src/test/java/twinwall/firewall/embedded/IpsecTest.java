/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.RemoteGateway.CLIENT;
import static twinwall.firewall.embedded.RemoteGateway.HERE;
import static twinwall.firewall.embedded.RemoteGateway.SERVER;
import static twinwall.firewall.embedded.RemoteGateway.THERE;
import static twinwall.firewall.embedded.RemoteGateway.request;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

import org.junit.jupiter.api.Test;
import twinwall.firewall.FirewallCommand;

class IpsecTest {

    private static final String[] SETTINGS = {"ipsec_addresses", HERE, "napt_pool", "203.0.113.9",
        "rules", "allow inside->outside; allow outside->inside udp from 172.16.0.0/12"};

    private final TestFirewall firewall = new TestFirewall(SETTINGS);
    private final RemoteGateway remote = new RemoteGateway();

    IpsecTest() {
        firewall.pass(0);
        run("add", request());
    }

    private Map<String, Object> run(String verb, Map<String, String> arguments) {
        return command(firewall).run(verb, arguments);
    }

    static FirewallCommand command(TestFirewall of) {
        return of.firewall.commands().stream().filter(command -> command.name().equals("ipsec")).findFirst().orElseThrow();
    }

    private static byte[] query() {
        return Frames.udp(CLIENT, 5000, SERVER, 53, 100);
    }

    @Test
    void whatGoesToTheOtherSideIsSealedAndNotTranslated() {
        TestFirewall.Passage passage = firewall.send(0, query());
        assertThat(passage.verdict().egress()).isEqualTo(1);
        byte[] sealed = passage.frame().bytes;
        assertThat(Frames.source(sealed)).startsWith(HERE + ":");
        assertThat(Frames.destination(sealed)).startsWith(THERE + ":");
        assertThat((sealed.length - 34) % 4).isZero();
        byte[] inner = remote.open(sealed);
        byte[] expected = query();
        expected[22]--;
        assertThat(inner).isEqualTo(Frames.headerChecksum(expected));
        assertThat(firewall.firewall.naptMappings().size()).isZero();
        byte[] elsewhere = Frames.udp(CLIENT, 5000, "192.0.2.7", 53, 100);
        assertThat(firewall.inside(elsewhere).forwarded()).isTrue();
        assertThat(Frames.source(elsewhere)).startsWith("203.0.113.9");
    }

    @Test
    void anAnswerIsOpenedAndForwarded() {
        firewall.send(0, query());
        byte[] answer = Frames.udp(SERVER, 53, CLIENT, 5000, 77);
        TestFirewall.Passage passage = firewall.send(1, remote.seal(answer));
        assertThat(passage.verdict().egress()).isZero();
        byte[] inner = Arrays.copyOf(passage.frame().bytes, passage.frame().length);
        answer[22]--;
        assertThat(inner).isEqualTo(Frames.headerChecksum(answer));
    }

    @Test
    void ipv6GoesThroughTheSameTunnel() {
        byte[] query = Frames.udp("2001:db8:1::5", 5000, "2001:db8:2::9", 53, 33);
        byte[] inner = remote.open(firewall.send(0, query).frame().bytes);
        query[21]--;
        assertThat(inner).isEqualTo(query);
        byte[] answer = Frames.udp("2001:db8:2::9", 53, "2001:db8:1::5", 5000, 34);
        TestFirewall.Passage passage = firewall.send(1, remote.seal(answer));
        answer[21]--;
        assertThat(Arrays.copyOf(passage.frame().bytes, passage.frame().length)).isEqualTo(answer);
    }

    @Test
    void whatComesThroughATunnelNeedsARule() {
        assertThat(firewall.send(1, remote.seal(Frames.udp(SERVER, 999, CLIENT, 53, 1))).verdict().forwarded()).isTrue();
        assertThat(firewall.send(1, remote.seal(Frames.tcp(SERVER, 999, CLIENT, 53, Frames.SYN, 1, 0, 0))).verdict().reason())
                .isEqualTo(DropReason.DENIED);
    }

    @Test
    void whatATunnelProtectsMustNotComeInUnsealed() {
        firewall.send(0, query());
        assertThat(firewall.outside(Frames.udp(SERVER, 53, CLIENT, 5000, 77)).reason()).isEqualTo(DropReason.IPSEC_UNSEALED);
    }

    @Test
    void aReplayedPacketIsDroppedAndLateOnesWithinTheWindowAreNot() {
        byte[] one = remote.seal(Frames.udp(SERVER, 999, CLIENT, 53, 1));
        byte[] late = remote.seal(Frames.udp(SERVER, 999, CLIENT, 53, 2));
        byte[] three = remote.seal(Frames.udp(SERVER, 999, CLIENT, 53, 3));
        assertThat(firewall.send(1, one).verdict().forwarded()).isTrue();
        assertThat(firewall.send(1, three).verdict().forwarded()).isTrue();
        assertThat(firewall.send(1, late).verdict().forwarded()).isTrue();
        for (byte[] again : new byte[][] {one, late, three}) {
            assertThat(firewall.send(1, again).verdict().reason()).isEqualTo(DropReason.IPSEC_REPLAY);
        }
        remote.sent += 1 << 20;
        assertThat(firewall.send(1, remote.seal(Frames.udp(SERVER, 999, CLIENT, 53, 4))).verdict().forwarded()).isTrue();
        // Far behind the window it looks like one of the next 2^32 numbers, and as that it is not authentic.
        assertThat(firewall.send(1, remote.seal(Frames.udp(SERVER, 999, CLIENT, 53, 4), 5)).verdict().reason())
                .isEqualTo(DropReason.IPSEC_AUTHENTICATION);
    }

    @Test
    void numbersGoBeyondThirtyTwoBits() {
        remote.sent = 0x80000000L;
        firewall.send(1, remote.seal(Frames.udp(SERVER, 999, CLIENT, 53, 1)));
        remote.sent = 0xfffffff0L;
        for (int i = 0; i < 40; i++) {
            assertThat(firewall.send(1, remote.seal(Frames.udp(SERVER, 999, CLIENT, 53, 1))).verdict().forwarded()).isTrue();
        }
    }

    @Test
    void aChangedPacketIsDroppedAndDoesNotMoveTheWindow() {
        byte[] sealed = remote.seal(Frames.udp(SERVER, 999, CLIENT, 53, 1), 3_000_000_000L);
        for (int at = 38; at < sealed.length; at++) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertThat(firewall.send(1, changed).verdict().reason()).isIn(DropReason.IPSEC_AUTHENTICATION, DropReason.IPSEC_REPLAY);
        }
        assertThat(firewall.send(1, remote.seal(Frames.udp(SERVER, 999, CLIENT, 53, 1))).verdict().forwarded()).isTrue();
    }

    @Test
    void badPacketsAreNamed() {
        byte[] inner = Frames.udp(SERVER, 999, CLIENT, 53, 10);
        byte[] otherSpi = remote.seal(inner);
        otherSpi[37]++;
        assertThat(firewall.send(1, otherSpi).verdict().reason()).isEqualTo(DropReason.IPSEC_UNKNOWN_SPI);
        assertThat(firewall.send(1, Frames.ip(THERE, HERE, 50, new byte[30], -1)).verdict().reason())
                .isEqualTo(DropReason.IPSEC_MALFORMED);
        assertThat(firewall.send(1, remote.seal(Frames.udp("192.0.2.3", 999, CLIENT, 53, 1))).verdict().reason())
                .isEqualTo(DropReason.IPSEC_SELECTORS);
        assertThat(firewall.send(1, remote.sealRaw(new byte[] {1, 2, 2, 59}, ++remote.sent)).verdict().reason())
                .isEqualTo(DropReason.IPSEC_DUMMY);
        assertThat(firewall.send(1, remote.sealRaw(new byte[] {1, 3, 2, 4}, ++remote.sent)).verdict().reason())
                .isEqualTo(DropReason.IPSEC_MALFORMED);
        byte[] fragment = Frames.fragment4(remote.seal(inner), 9, 0, 40, true);
        assertThat(firewall.send(1, fragment).verdict().reason()).isEqualTo(DropReason.IPSEC_FRAGMENT);
    }

    @Test
    void aDroppedPacketIsLeftAsItWas() {
        byte[] denied = remote.seal(Frames.tcp(SERVER, 999, CLIENT, 53, Frames.SYN, 1, 0, 0));
        TestFirewall.Passage passage = firewall.send(1, denied);
        assertThat(passage.frame().bytes).isEqualTo(denied);
        assertThat(passage.frame().length).isEqualTo(denied.length);
    }

    @Test
    void aLifetimeEndsTheUseAndNothingLeavesUnsealed() {
        firewall.firewall.ipsecTunnels().remove("branch");
        run("add", request("lifetime_packets", "2"));
        assertThat(firewall.send(0, query()).verdict().forwarded()).isTrue();
        assertThat(firewall.send(0, query()).verdict().forwarded()).isTrue();
        assertThat(firewall.send(0, query()).verdict().reason()).isEqualTo(DropReason.IPSEC_LIFETIME);
        firewall.firewall.ipsecTunnels().remove("branch");
        run("add", request("lifetime_s", "10"));
        firewall.pass(9.9);
        assertThat(firewall.send(0, query()).verdict().forwarded()).isTrue();
        firewall.pass(0.2);
        assertThat(firewall.send(0, query()).verdict().reason()).isEqualTo(DropReason.IPSEC_LIFETIME);
        firewall.firewall.ipsecTunnels().remove("branch");
        run("add", request("lifetime_octets", "100"));
        assertThat(firewall.send(0, query()).verdict().forwarded()).isTrue();
        assertThat(firewall.send(0, query()).verdict().reason()).isEqualTo(DropReason.IPSEC_LIFETIME);
    }

    @Test
    void withoutATunnelProtectedPrefixesAreNotReachedAtAll() {
        TestFirewall guarded = new TestFirewall("ipsec_protected", "172.16.0.0/12");
        assertThat(guarded.inside(query()).reason()).isEqualTo(DropReason.IPSEC_NO_TUNNEL);
        assertThat(guarded.outside(Frames.udp(SERVER, 53, CLIENT, 5000, 1)).reason()).isEqualTo(DropReason.IPSEC_UNSEALED);
        assertThat(guarded.inside(Frames.udp(CLIENT, 5000, "192.0.2.7", 53, 1)).forwarded()).isTrue();
    }

    @Test
    void congestionAndServiceClassGoAlong() {
        byte[] marked = query();
        marked[15] = (byte) 0xb8 | 2;
        byte[] sealed = firewall.send(0, Frames.headerChecksum(marked)).frame().bytes;
        assertThat(sealed[15]).isEqualTo((byte) (0xb8 | 2));
        byte[] answer = Frames.udp(SERVER, 53, CLIENT, 5000, 7);
        answer[15] = 2;
        byte[] congested = remote.seal(Frames.headerChecksum(answer));
        congested[15] = 3;
        TestFirewall.Passage passage = firewall.send(1, Frames.headerChecksum(congested));
        assertThat(passage.frame().bytes[15]).isEqualTo((byte) 3);
        assertThat(Frames.checksumsRight(Arrays.copyOf(passage.frame().bytes, passage.frame().length))).isTrue();
        byte[] unable = remote.seal(Frames.udp(SERVER, 53, CLIENT, 5000, 7));
        unable[15] = 3;
        assertThat(firewall.send(1, Frames.headerChecksum(unable)).verdict().reason()).isEqualTo(DropReason.IPSEC_CONGESTION);
    }

    @Test
    void aPacketAtItsLastHopIsNotSealed() {
        byte[] last = query();
        last[22] = 1;
        assertThat(firewall.send(0, Frames.headerChecksum(last)).verdict().reason()).isEqualTo(DropReason.HOPS_EXHAUSTED);
    }

    @Test
    void aLargePacketThatMayNotBeCutIsAnsweredWithTheSizeThatFits() {
        byte[] large = Frames.udp(CLIENT, 5000, SERVER, 53, 1460);
        ByteBuffer.wrap(large).putShort(20, (short) 0x4000);
        TestFirewall.Passage passage = firewall.send(0, Frames.headerChecksum(large));
        assertThat(passage.verdict().egress()).isZero();
        byte[] error = passage.frame().bytes;
        assertThat(Frames.checksumsRight(error)).isTrue();
        assertThat(Frames.destination(error)).startsWith(CLIENT + ":");
        assertThat(error[34]).isEqualTo((byte) 3);
        assertThat(error[35]).isEqualTo((byte) 4);
        int room = ByteBuffer.wrap(error).getShort(40);
        byte[] fits = Frames.udp(CLIENT, 5000, SERVER, 53, room - 28);
        ByteBuffer.wrap(fits).putShort(20, (short) 0x4000);
        byte[] sealed = firewall.send(0, Frames.headerChecksum(fits)).frame().bytes;
        assertThat(sealed.length - 14).isBetween(1497, 1500);
        assertThat(sealed[20]).as("DF").isEqualTo((byte) 0x40);
        byte[] error6 = firewall.send(0, Frames.udp("2001:db8:1::5", 5000, "2001:db8:2::9", 53, 1452)).frame().bytes;
        assertThat(Frames.checksumsRight(error6)).isTrue();
        assertThat(error6[54]).isEqualTo((byte) 2);
        assertThat(ByteBuffer.wrap(error6).getInt(58)).isEqualTo(room);
        assertThat(error6.length - 14).isLessThanOrEqualTo(1280);
    }

    @Test
    void answersAboutLargePacketsAreFewInASecond() {
        byte[] large = Frames.udp("2001:db8:1::5", 5000, "2001:db8:2::9", 53, 1452);
        for (int i = 0; i < 100; i++) {
            assertThat(firewall.send(0, large).verdict().forwarded()).isTrue();
        }
        assertThat(firewall.send(0, large).verdict().reason()).isEqualTo(DropReason.IPSEC_TOO_LARGE);
        firewall.pass(1);
        assertThat(firewall.send(0, large).verdict().forwarded()).isTrue();
    }

    @Test
    void aLargePacketThatMayBeCutIsCutBeforeItIsSealed() {
        byte[] large = Frames.udp(CLIENT, 5000, SERVER, 53, 4000);
        TestFirewall.Passage passage = firewall.send(0, large);
        assertThat(passage.frame().more()).hasSize(2);
        byte[] together = Arrays.copyOf(large, large.length);
        Arrays.fill(together, 34, together.length, (byte) 0);
        for (byte[] sealed : concat(passage.frame())) {
            assertThat(sealed.length - 14).isLessThanOrEqualTo(1500);
            byte[] part = remote.open(sealed);
            int at = (ByteBuffer.wrap(part).getShort(20) & 0x1fff) * 8;
            System.arraycopy(part, 34, together, 34 + at, part.length - 34);
        }
        assertThat(together).isEqualTo(large);
    }

    private static byte[][] concat(Frame frame) {
        byte[][] all = new byte[frame.more().size() + 1][];
        all[0] = frame.bytes;
        for (int i = 1; i < all.length; i++) {
            all[i] = frame.more().get(i - 1);
        }
        return all;
    }

    @Test
    void badRequestsAreRefusedWithAReasonAndWithoutTheKey() {
        refused("key_in", "abcd", "20, 28 or 36 octets");
        refused("key_in", "secret", "hexadecimal");
        refused("key_in", RemoteGateway.KEY_OUT.replace('3', '4'), "SPI 4097 is in use");
        refused("spi_in", "7", "256 to 4294967295");
        refused("local", "192.0.2.1", "ipsec_addresses");
        refused("local_prefixes", "10.0.0.0/40", "local_prefixes");
        refused("replay_window", "32", "64 to 4096");
        refused("tunnel", "two words", "name");
        refused("remote", "fe80::1", "both ends");
        assertThatThrownBy(() -> run("add", request("tunnel", "other", "spi_in", "3000", "spi_out", "3001", "key_out",
                "112233445566778899aabbccddeeff0011223344"))).hasMessageContaining("same key");
        assertThatThrownBy(() -> run("add", request("tunnel", "other", "spi_in", "3000", "spi_out", "3001", "key_in",
                "112233445566778899aabbccddeeff0011223344", "key_out", "112233445566778899aabbccddeeff0011223344")))
                .hasMessageContaining("different keys");
        TestFirewall picky = new TestFirewall("ipsec_addresses", HERE, "ipsec_peers", "192.0.2.0/24");
        assertThatThrownBy(() -> command(picky).run("add", request())).hasMessageContaining("ipsec_peers");
        TestFirewall standby = new TestFirewall("ipsec_addresses", HERE, "forwarding", "false");
        assertThatThrownBy(() -> command(standby).run("add", request())).isInstanceOf(IllegalStateException.class);
        TestFirewall small = new TestFirewall("ipsec_addresses", HERE, "max_ipsec_tunnels", "1");
        command(small).run("add", request());
        assertThatThrownBy(() -> command(small).run("add", request("tunnel", "b", "spi_in", "300", "spi_out", "301", "key_in",
                "112233445566778899aabbccddeeff0011223344", "key_out", "112233445566778899aabbccddeeff0011223355")))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("max_ipsec_tunnels");
    }

    private void refused(String argument, String value, String says) {
        assertThatThrownBy(() -> run("add", request(argument, value))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(says).hasMessageNotContaining(RemoteGateway.KEY_OUT).hasMessageNotContaining("secret");
    }

    @Test
    void theListShowsNoKeys() {
        String shown = run("list", Map.of()).toString();
        assertThat(shown).contains("branch", "outbound", "inbound", THERE).doesNotContain(RemoteGateway.KEY_IN, RemoteGateway.KEY_OUT);
        assertThat(TestFirewall.entries(firewall.firewall.tables().get("ipsec-tunnel")).toString()).doesNotContain("secret");
        run("remove", Map.of("tunnel", "branch"));
        assertThat(firewall.firewall.tables().get("ipsec-tunnel").size()).isZero();
        assertThatThrownBy(() -> run("remove", Map.of("tunnel", "branch"))).hasMessageContaining("no tunnel");
    }

    @Test
    void keysAreChangedWithoutAGap() {
        firewall.send(0, query());
        firewall.pass(1);
        run("add", request("tunnel", "branch-2", "spi_in", "300", "spi_out", "301", "key_in",
                "112233445566778899aabbccddeeff0011223344", "key_out", "112233445566778899aabbccddeeff0011223355"));
        byte[] sealed = firewall.send(0, query()).frame().bytes;
        assertThat(ByteBuffer.wrap(sealed).getInt(34)).as("the latest").isEqualTo(301);
        assertThat(firewall.send(1, remote.seal(Frames.udp(SERVER, 53, CLIENT, 5000, 7))).verdict().forwarded()).isTrue();
        run("remove", Map.of("tunnel", "branch"));
        assertThat(firewall.send(1, remote.seal(Frames.udp(SERVER, 53, CLIENT, 5000, 7))).verdict().reason())
                .isEqualTo(DropReason.IPSEC_UNKNOWN_SPI);
    }
}
