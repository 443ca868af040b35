/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.CarNatTest.ip;
import static twinwall.firewall.embedded.TestFirewall.entries;

import java.util.Arrays;
import java.util.Map;

import org.junit.jupiter.api.Test;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.NatServer;

class NatServerTest {

    private static final String GLOBAL = "203.0.113.80";
    private static final String INSIDE = "10.0.0.80";
    private static final String OUT = "198.51.100.9";
    private static final String[] OPEN = {"rules", "allow any->inside 203.0.113.80; allow inside->outside"};

    private final TestFirewall active = new TestFirewall(OPEN);
    private final TestFirewall standby = standby(OPEN);

    private static TestFirewall standby(String... settings) {
        TestFirewall firewall = new TestFirewall(settings);
        firewall.firewall.setForwarding(false);
        return firewall;
    }

    private static Map<String, Object> web(TestFirewall firewall, String... more) {
        String[] arguments = new String[12 + more.length];
        String[] first = {"name", "web", "global", GLOBAL, "inside", INSIDE, "protocol", "tcp", "global_port", "80", "inside_port", "8080"};
        System.arraycopy(first, 0, arguments, 0, 12);
        System.arraycopy(more, 0, arguments, 12, more.length);
        return firewall.command("nat-server", "add", arguments);
    }

    private static byte[] tcp(String from, int port, String to, int toPort, int flags) {
        return Frames.tcp(from, port, to, toPort, flags, 100, 0, 0);
    }

    private static byte[] syn(String from, int port, String to, int toPort) {
        return tcp(from, port, to, toPort, Frames.SYN);
    }

    @SuppressWarnings("unchecked")
    private static FirewallTable<NatServer> servers(TestFirewall firewall) {
        return (FirewallTable<NatServer>) firewall.firewall.tables().get("nat-server");
    }

    @Test
    void sessionsFromOutsideGoToTheServerAndItsAnswersComeFromThePublicAddress() {
        web(active);
        byte[] syn = syn(OUT, 4000, GLOBAL, 80);
        assertThat(active.outside(syn)).isEqualTo(Verdict.forwarded(EmbeddedFirewall.INSIDE));
        assertThat(Frames.destination(syn)).isEqualTo(INSIDE + ":8080");
        assertThat(Frames.source(syn)).isEqualTo(OUT + ":4000");
        assertThat(Frames.checksumsRight(syn)).isTrue();
        byte[] answer = Frames.tcp(INSIDE, 8080, OUT, 4000, Frames.SYN | Frames.ACK, 900, 101, 0);
        assertThat(active.inside(answer)).isEqualTo(Verdict.forwarded(EmbeddedFirewall.OUTSIDE));
        assertThat(Frames.source(answer)).isEqualTo(GLOBAL + ":80");
        assertThat(Frames.checksumsRight(answer)).isTrue();
    }

    @Test
    void aServerOfThePeerTakesThePlaceOfAnOlderOneAndOfAMapping() {
        web(standby);
        active.command("nat-server", "add", "name", "web2", "global", GLOBAL, "inside", INSIDE, "protocol", "tcp", "global_port", "80");
        active.copyTo(standby);
        assertThat(entries(servers(standby))).isEqualTo(entries(servers(active)));
        TestFirewall other = standby(OPEN);
        other.command("static-mapping", "add", "inside", INSIDE, "outside", GLOBAL);
        active.copyTo(other);
        assertThat(entries(servers(other))).isEqualTo(entries(servers(active)));
        assertThat(other.firewall.tables().get("static-mapping").size()).isZero();
    }

    @Test
    void theRulesAreAskedWithThePublicAddress() {
        TestFirewall closed = new TestFirewall("rules", "allow outside->inside tcp 203.0.113.80 port 443");
        web(closed);
        assertThat(closed.outside(syn(OUT, 4000, GLOBAL, 80)).reason()).isEqualTo(DropReason.DENIED);
        closed.command("nat-server", "add", "name", "tls", "global", GLOBAL, "inside", INSIDE, "protocol", "tcp", "global_port", "443");
        assertThat(closed.outside(syn(OUT, 4000, GLOBAL, 443)).forwarded()).isTrue();
    }

    @Test
    void aRangeOfPortsIsMappedOneToOne() {
        active.command("nat-server", "add", "name", "many", "global", GLOBAL, "inside", INSIDE, "protocol", "udp", "global_port",
                "5000-5009", "inside_port", "7000-7009");
        byte[] last = Frames.udp(OUT, 4000, GLOBAL, 5009, 3);
        active.outside(last);
        assertThat(Frames.destination(last)).isEqualTo(INSIDE + ":7009");
        byte[] behind = Frames.udp(OUT, 4000, GLOBAL, 5010, 3);
        active.outside(behind);
        assertThat(Frames.destination(behind)).isEqualTo(GLOBAL + ":5010");
    }

    @Test
    void aWholeAddressServesEveryProtocol() {
        active.command("nat-server", "add", "name", "all", "global", GLOBAL, "inside", INSIDE);
        byte[] udp = Frames.udp(OUT, 4000, GLOBAL, 9999, 3);
        byte[] echo = Frames.icmp(OUT, GLOBAL, 8, 77, 1, new byte[5]);
        byte[] gre = Frames.ip(OUT, GLOBAL, 47, new byte[20], -1);
        byte[] sctp = Frames.sctp(OUT, 1, GLOBAL, 2, 0, 1, 0, 5);
        for (byte[] frame : new byte[][] {udp, echo, gre, sctp}) {
            assertThat(active.outside(frame).forwarded()).isTrue();
            assertThat(Frames.destination(frame)).startsWith(INSIDE + ":");
        }
        byte[] reply = Frames.icmp(INSIDE, OUT, 0, 77, 1, new byte[5]);
        assertThat(active.inside(reply).forwarded()).isTrue();
        assertThat(Frames.source(reply)).startsWith(GLOBAL);
        assertThat(Frames.checksumsRight(reply)).isTrue();
        byte[] own = Frames.ip(INSIDE, "198.51.100.55", 47, new byte[20], -1);
        assertThat(active.inside(own).forwarded()).isTrue();
        assertThat(Frames.source(own)).startsWith(GLOBAL);
    }

    @Test
    void sessionsThatTheServerBeginsUseThePublicAddressUnlessItSaysNoReverse() {
        web(active);
        byte[] own = Frames.udp(INSIDE, 33_000, OUT, 53, 3);
        active.inside(own);
        assertThat(Frames.source(own)).isEqualTo(GLOBAL + ":33000");
        byte[] fromServed = syn(INSIDE, 8080, OUT, 25);
        active.inside(fromServed);
        assertThat(Frames.source(fromServed)).isEqualTo(GLOBAL + ":80");
        byte[] low = syn(INSIDE, 80, OUT, 25);
        active.inside(low);
        assertThat(Frames.read(low).sourcePort()).as("not a port that is served").isGreaterThanOrEqualTo(1024);
        web(active, "no_reverse", "true");
        byte[] plain = Frames.udp(INSIDE, 33_001, OUT, 53, 3);
        active.inside(plain);
        assertThat(Frames.source(plain)).isEqualTo(INSIDE + ":33001");
    }

    @Test
    void aClientInsideReachesTheServerByItsPublicAddressAndAnswersComeBack() {
        for (String pool : new String[] {"", "203.0.113.1"}) {
            TestFirewall firewall = new TestFirewall("napt_pool", pool, OPEN[0], OPEN[1]);
            web(firewall);
            byte[] syn = syn("10.0.0.5", 4000, GLOBAL, 80);
            assertThat(firewall.inside(syn)).isEqualTo(Verdict.forwarded(EmbeddedFirewall.INSIDE));
            assertThat(Frames.destination(syn)).isEqualTo(INSIDE + ":8080");
            String seen = pool.isEmpty() ? GLOBAL : pool;
            assertThat(Frames.source(syn)).startsWith(seen + ":");
            byte[] answer = Frames.tcp(INSIDE, 8080, seen, Frames.read(syn).sourcePort(), Frames.SYN | Frames.ACK, 900, 101, 0);
            assertThat(firewall.inside(answer)).isEqualTo(Verdict.forwarded(EmbeddedFirewall.INSIDE));
            assertThat(Frames.source(answer)).isEqualTo(GLOBAL + ":80");
            assertThat(Frames.destination(answer)).isEqualTo("10.0.0.5:4000");
            assertThat(Frames.checksumsRight(answer)).isTrue();
        }
    }

    @Test
    void aServerReachesItselfByItsPublicAddress() {
        web(active);
        byte[] syn = syn(INSIDE, 4000, GLOBAL, 80);
        assertThat(active.inside(syn).forwarded()).isTrue();
        assertThat(Frames.destination(syn)).isEqualTo(INSIDE + ":8080");
        assertThat(Frames.source(syn)).isEqualTo(GLOBAL + ":4000");
    }

    @Test
    void aHostBehindATunnelWithTheServersPrivateAddressIsNotTheServer() {
        TestFirewall aftr = new TestFirewall(DsLiteTest.SETTINGS);
        web(aftr);
        byte[] seen = DsLiteTest.up(aftr, DsLiteTest.B4, Frames.udp(INSIDE, 33_000, OUT, 53, 3));
        assertThat(Frames.source(seen)).startsWith(DsLiteTest.PUBLIC + ":");
    }

    @Test
    void anIcmpErrorOfTheServerNamesItsPublicAddress() {
        active.command("nat-server", "add", "name", "dns", "global", GLOBAL, "inside", INSIDE, "protocol", "udp", "global_port", "53",
                "inside_port", "5353");
        byte[] query = Frames.udp(OUT, 4000, GLOBAL, 53, 3);
        active.outside(query);
        byte[] error = Frames.error(INSIDE, OUT, 3, query, 28);
        assertThat(active.inside(error).forwarded()).isTrue();
        assertThat(Frames.source(error)).startsWith(GLOBAL);
        assertThat(Frames.checksumsRight(error)).isTrue();
        byte[] original = Frames.udp(OUT, 4000, GLOBAL, 53, 3);
        assertThat(Arrays.copyOfRange(error, 42, 70)).isEqualTo(Arrays.copyOfRange(original, 14, 42));
    }

    @Test
    void anIcmpErrorOfARouterInsideDoesNotShowItsPrivateAddressOutside() {
        active.command("nat-server", "add", "name", "dns", "global", GLOBAL, "inside", INSIDE, "protocol", "udp", "global_port", "53",
                "inside_port", "5353");
        byte[] query = Frames.udp(OUT, 4000, GLOBAL, 53, 3);
        active.outside(query);
        byte[] error = Frames.error("10.9.9.1", OUT, 11, query, 28);
        assertThat(active.inside(error).forwarded()).isTrue();
        assertThat(Frames.source(error)).startsWith(GLOBAL);
        assertThat(Frames.checksumsRight(error)).isTrue();
    }

    @Test
    void afterATakeoverSessionsOldAndNewReachTheServer() {
        web(active);
        active.outside(syn(OUT, 4000, GLOBAL, 80));
        active.inside(Frames.tcp(INSIDE, 8080, OUT, 4000, Frames.SYN | Frames.ACK, 900, 101, 0));
        active.outside(Frames.tcp(OUT, 4000, GLOBAL, 80, Frames.ACK, 101, 901, 0));
        active.copyTo(standby);
        standby.takeOverFrom(active);
        byte[] next = Frames.tcp(OUT, 4000, GLOBAL, 80, Frames.ACK, 101, 901, 5);
        assertThat(standby.outside(next).forwarded()).isTrue();
        assertThat(Frames.destination(next)).isEqualTo(INSIDE + ":8080");
        byte[] another = syn(OUT, 4001, GLOBAL, 80);
        assertThat(standby.outside(another).forwarded()).isTrue();
        assertThat(Frames.destination(another)).isEqualTo(INSIDE + ":8080");
        byte[] own = Frames.udp(INSIDE, 33_000, OUT, 53, 3);
        standby.inside(own);
        assertThat(Frames.source(own)).isEqualTo(GLOBAL + ":33000");
    }

    @Test
    void withoutTheTableNewSessionsDoNotReachIt() {
        web(active);
        active.copyAllBut(standby, "nat-server");
        standby.takeOverFrom(active);
        byte[] another = syn(OUT, 4001, GLOBAL, 80);
        standby.outside(another);
        assertThat(Frames.destination(another)).isEqualTo(GLOBAL + ":80");
    }

    @Test
    void aRemovedServerIsNotReachedAndItsSessionsGoOn() {
        web(active);
        active.outside(syn(OUT, 4000, GLOBAL, 80));
        assertThat(active.command("nat-server", "remove", "name", "web")).containsEntry("removed", true);
        byte[] answer = Frames.tcp(INSIDE, 8080, OUT, 4000, Frames.SYN | Frames.ACK, 900, 101, 0);
        assertThat(active.inside(answer).forwarded()).isTrue();
        assertThat(Frames.source(answer)).isEqualTo(GLOBAL + ":80");
        byte[] another = syn(OUT, 4001, GLOBAL, 80);
        active.outside(another);
        assertThat(Frames.destination(another)).isEqualTo(GLOBAL + ":80");
        assertThat(active.command("nat-server", "list")).containsEntry("size", 0);
    }

    @Test
    void whatCannotBeAddedIsNamed() {
        web(active);
        assertThatThrownBy(() -> active.command("nat-server", "add", "name", "b", "global", GLOBAL, "inside", "10.0.0.9", "protocol", "tcp",
                "global_port", "79-81")).hasMessageContaining("server web has " + GLOBAL);
        assertThatThrownBy(() -> active.command("nat-server", "add", "name", "b", "global", GLOBAL, "inside", "10.0.0.9"))
                .hasMessageContaining("server web");
        assertThatThrownBy(() -> active.command("nat-server", "add", "name", "b", "global", "203.0.113.81", "inside", INSIDE, "protocol",
                "tcp", "global_port", "8080")).hasMessageContaining("no_reverse");
        active.command("nat-server", "add", "name", "b", "global", "203.0.113.81", "inside", INSIDE, "protocol", "tcp", "global_port",
                "8080", "no_reverse", "true");
        assertThatThrownBy(() -> active.command("nat-server", "add", "name", "c", "global", GLOBAL, "inside", "10.0.0.9", "protocol",
                "sctp", "global_port", "90")).hasMessageContaining("tcp or udp");
        assertThatThrownBy(() -> active.command("nat-server", "add", "name", "c", "global", GLOBAL, "inside", "10.0.0.9", "protocol", "tcp",
                "global_port", "90-99", "inside_port", "1-3")).hasMessageContaining("as many ports");
        assertThatThrownBy(() -> active.command("nat-server", "add", "name", "c", "global", "2001:db8::1", "inside", "10.0.0.9"))
                .hasMessageContaining("IPv4");
        assertThatThrownBy(() -> active.command("nat-server", "grow")).hasMessageContaining("add, list, remove");
        TestFirewall napt = new TestFirewall("napt_pool", GLOBAL);
        assertThatThrownBy(() -> web(napt)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("napt_pool");
        TestFirewall mapped = new TestFirewall();
        mapped.command("static-mapping", "add", "inside", "10.0.0.0/30", "outside", GLOBAL);
        assertThatThrownBy(() -> web(mapped)).hasMessageContaining("static-mapping has " + GLOBAL);
        assertThat(servers(active).size()).isEqualTo(2);
    }

    @Test
    void entriesOfThePeerThatContradictAreRefused() {
        web(active);
        active.copyTo(standby);
        assertRefused(server("b", 6, 0, 1), "malformed-server");
        assertRefused(server("b", 132, 90, 1), "malformed-server");
        assertRefused(server("b", 6, 65000, 600), "malformed-server");
        assertRefused(server("", 6, 90, 1), "malformed-server");
        assertThat(entries(servers(standby))).isEqualTo(entries(servers(active)));
        FirewallTable<NatServer> pool = servers(standby("napt_pool", GLOBAL));
        assertThatThrownBy(() -> pool.restore(server("b", 6, 80, 1))).isInstanceOf(EntryRefusedException.class);
    }

    private void assertRefused(NatServer server, String reason) {
        assertThatThrownBy(() -> servers(standby).restore(server)).isInstanceOfSatisfying(EntryRefusedException.class,
                e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static NatServer server(String name, int protocol, int port, int ports) {
        return new NatServer(0, name, protocol, ip(GLOBAL), port, ip(INSIDE), port, ports, false);
    }
}
