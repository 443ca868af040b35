/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.firewall.embedded.PcpClient.filter;
import static twinwall.firewall.embedded.PcpClient.preferFailure;
import static twinwall.firewall.embedded.TestFirewall.PUBLIC;
import static twinwall.firewall.embedded.TestFirewall.entries;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.PcpMapping;
import twinwall.firewall.embedded.PcpClient.Answer;

/** MAP and PEER, and what the mappings do to packets (RFC 6887). */
class PcpTest {

    private static final int UDP = 17;
    private static final int TCP = 6;
    private static final String REMOTE = "192.0.2.77";

    private final TestFirewall firewall = new TestFirewall("pcp_address", PcpClient.SERVER, "pcp_pool", PUBLIC);
    private final PcpClient host = new PcpClient("10.0.0.5", 1);
    private final PcpClient other = new PcpClient("10.0.0.6", 2);

    @SuppressWarnings("unchecked")
    static FirewallTable<PcpMapping> table(TestFirewall of) {
        return (FirewallTable<PcpMapping>) of.firewall.tables().get("pcp");
    }

    private Answer granted(Answer answer) {
        assertThat(answer.result()).isZero();
        assertThat(answer.version()).isEqualTo(2);
        assertThat(Arrays.copyOfRange(answer.all(), 12, 24)).as("reserved").containsOnly(0);
        return answer;
    }

    private Verdict fromOutside(String remote, int remotePort, int publicPort) {
        return firewall.outside(Frames.udp(remote, remotePort, PUBLIC, publicPort, 1));
    }

    @Test
    void aMappingLetsAnybodyIn() {
        Answer answer = granted(host.ask(firewall, host.map(UDP, 5000, 0, "0.0.0.0", 600)));
        assertThat(answer.opcode()).isEqualTo(1);
        assertThat(answer.lifetime()).isEqualTo(600);
        assertThat(answer.outside()).isEqualTo(PUBLIC + ":5000");
        byte[] in = Frames.udp(REMOTE, 9, PUBLIC, 5000, 3);
        assertThat(firewall.outside(in)).isEqualTo(Verdict.forwarded(EmbeddedFirewall.INSIDE));
        assertThat(Frames.destination(in)).isEqualTo("10.0.0.5:5000");
        byte[] back = Frames.udp("10.0.0.5", 5000, REMOTE, 9, 3);
        assertThat(firewall.inside(back).forwarded()).isTrue();
        assertThat(Frames.source(back)).isEqualTo(PUBLIC + ":5000");
        byte[] out = Frames.udp("10.0.0.5", 5000, "192.0.2.1", 53, 3);
        assertThat(firewall.inside(out).forwarded()).isTrue();
        assertThat(Frames.source(out)).as("sessions of the host itself too").isEqualTo(PUBLIC + ":5000");
    }

    @Test
    void tcpIsMappedByItself() {
        granted(host.ask(firewall, host.map(TCP, 80, 8080, "0.0.0.0", 600)));
        assertThat(fromOutside(REMOTE, 9, 8080).reason()).isEqualTo(DropReason.DENIED);
        byte[] syn = Frames.tcp(REMOTE, 9, PUBLIC, 8080, Frames.SYN, 1, 0, 0);
        assertThat(firewall.outside(syn).forwarded()).isTrue();
        assertThat(Frames.destination(syn)).isEqualTo("10.0.0.5:80");
    }

    @Test
    void hostsInsideReachAMappingByItsPublicEndpoint() {
        granted(host.ask(firewall, host.map(UDP, 5000, 0, "0.0.0.0", 600)));
        granted(other.ask(firewall, other.map(UDP, 6000, 0, "0.0.0.0", 600)));
        byte[] hairpin = Frames.udp("10.0.0.6", 6000, PUBLIC, 5000, 3);
        assertThat(firewall.inside(hairpin)).isEqualTo(Verdict.forwarded(EmbeddedFirewall.INSIDE));
        assertThat(Frames.source(hairpin)).isEqualTo(PUBLIC + ":6000");
        assertThat(Frames.destination(hairpin)).isEqualTo("10.0.0.5:5000");
    }

    @Test
    void aHostInsideThatNothingTranslatesReachesAMappingAndIsAnsweredThroughTheFirewall() {
        granted(host.ask(firewall, host.map(UDP, 5000, 0, "0.0.0.0", 600)));
        byte[] hairpin = Frames.udp("10.0.0.6", 6000, PUBLIC, 5000, 3);
        assertThat(firewall.inside(hairpin)).isEqualTo(Verdict.forwarded(EmbeddedFirewall.INSIDE));
        assertThat(Frames.source(hairpin)).isEqualTo(PUBLIC + ":6000");
        byte[] answer = Frames.udp("10.0.0.5", 5000, PUBLIC, 6000, 3);
        assertThat(firewall.inside(answer)).isEqualTo(Verdict.forwarded(EmbeddedFirewall.INSIDE));
        assertThat(Frames.destination(answer)).isEqualTo("10.0.0.6:6000");
        Answer third = new PcpClient("10.0.0.7", 3).ask(firewall, new PcpClient("10.0.0.7", 3).map(UDP, 6000, 6000, PUBLIC, 600));
        assertThat(granted(third).outsidePort()).as("the port is taken").isNotEqualTo(6000);
    }

    @Test
    void aSuggestedPortIsGivenWhenItIsFreeElseAnother() {
        assertThat(host.ask(firewall, host.map(UDP, 5000, 7777, PUBLIC, 600)).outside()).isEqualTo(PUBLIC + ":7777");
        Answer second = granted(other.ask(firewall, other.map(UDP, 5000, 7777, PUBLIC, 600)));
        assertThat(second.outside()).startsWith(PUBLIC).isNotEqualTo(PUBLIC + ":7777");
        assertThat(other.ask(firewall, other.map(UDP, 5001, 7777, PUBLIC, 600, preferFailure())).result()).isEqualTo(11);
        assertThat(other.ask(firewall, other.map(UDP, 5001, 0, "198.51.100.1", 600, preferFailure())).result()).isEqualTo(11);
        assertThat(table(firewall).size()).isEqualTo(2);
        byte[] sixth = other.map(UDP, 5001, 7778, "0.0.0.0", 600, preferFailure());
        sixth[44] = 0x20;
        assertThat(other.ask(firewall, sixth).result()).as("an IPv6 address and nothing else").isEqualTo(11);
        Answer exact = granted(other.ask(firewall, other.map(UDP, 5001, 7778, PUBLIC, 600, preferFailure())));
        assertThat(exact.outsidePort()).isEqualTo(7778);
        assertThat(exact.all()).as("the option comes back").hasSize(64);
    }

    @Test
    void renewalKeepsThePortWhateverIsSuggested() {
        Answer first = granted(host.ask(firewall, host.map(UDP, 5000, 0, "0.0.0.0", 600)));
        firewall.pass(500);
        Answer again = granted(host.ask(firewall, host.map(UDP, 5000, 9999, "0.0.0.0", 600)));
        assertThat(again.outside()).isEqualTo(first.outside());
        firewall.pass(500);
        assertThat(fromOutside(REMOTE, 9, 5000).forwarded()).isTrue();
        assertThat(host.ask(firewall, host.map(UDP, 5000, 9999, "0.0.0.0", 600, preferFailure())).result()).isEqualTo(11);
        assertThat(table(firewall).size()).isEqualTo(1);
    }

    @Test
    void anotherNonceIsRefusedAndToldWhenItMayTryAgain() {
        granted(host.ask(firewall, host.map(UDP, 5000, 0, "0.0.0.0", 600)));
        firewall.pass(100);
        PcpClient thief = new PcpClient("10.0.0.5", 9);
        Answer refused = thief.ask(firewall, thief.map(UDP, 5000, 0, "0.0.0.0", 600));
        assertThat(refused.result()).isEqualTo(2);
        assertThat(refused.lifetime()).isEqualTo(500);
        assertThat(thief.ask(firewall, thief.map(UDP, 5000, 0, "0.0.0.0", 0)).result()).as("removal").isEqualTo(2);
        assertThat(fromOutside(REMOTE, 9, 5000).forwarded()).isTrue();
    }

    @Test
    void lifetimesAreKeptWithinTheLimits() {
        assertThat(host.ask(firewall, host.map(UDP, 5000, 0, "0.0.0.0", 1)).lifetime()).isEqualTo(120);
        assertThat(host.ask(firewall, host.map(UDP, 5000, 0, "0.0.0.0", 0xffffffffL)).lifetime()).isEqualTo(1800);
    }

    @Test
    void lifetimeZeroRemovesAndRemovingNothingSucceeds() {
        granted(host.ask(firewall, host.map(UDP, 5000, 0, "0.0.0.0", 600)));
        assertThat(granted(host.ask(firewall, host.map(UDP, 5000, 0, "0.0.0.0", 0))).lifetime()).isZero();
        assertThat(table(firewall).size()).isZero();
        assertThat(fromOutside(REMOTE, 9, 5000).reason()).isEqualTo(DropReason.DENIED);
        assertThat(granted(host.ask(firewall, host.map(UDP, 5000, 0, "0.0.0.0", 0))).lifetime()).isZero();
        granted(host.ask(firewall, host.map(UDP, 5000, 0, "0.0.0.0", 600)));
        assertThat(granted(host.ask(firewall, host.map(UDP, 0, 0, "0.0.0.0", 0))).lifetime()).as("one for all ports").isZero();
        assertThat(granted(host.ask(firewall, host.map(0, 0, 0, "0.0.0.0", 0))).lifetime()).as("one for all protocols").isZero();
        assertThat(table(firewall).size()).as("is another one").isEqualTo(1);
    }

    @Test
    void aMappingEndsWithItsLifetimeAndASessionThroughItGoesOn() {
        granted(host.ask(firewall, host.map(UDP, 5000, 0, "0.0.0.0", 120)));
        firewall.pass(119);
        assertThat(fromOutside(REMOTE, 9, 5000).forwarded()).isTrue();
        firewall.pass(2);
        assertThat(table(firewall).size()).isZero();
        assertThat(fromOutside(REMOTE, 9, 5000).forwarded()).isTrue();
        assertThat(fromOutside(REMOTE, 10, 5000).reason()).isEqualTo(DropReason.DENIED);
        Answer next = granted(other.ask(firewall, other.map(UDP, 5000, 0, "0.0.0.0", 120)));
        assertThat(next.outsidePort()).as("taken while the session lasts").isNotEqualTo(5000);
    }

    @Test
    void filtersSayWhoGetsIn() {
        granted(host.ask(firewall, host.map(UDP, 5000, 0, "0.0.0.0", 600, filter("192.0.2.0", 96 + 24, 0))));
        granted(host.ask(firewall, host.map(UDP, 5000, 0, "0.0.0.0", 600, filter("198.51.100.1", 128, 53))));
        assertThat(fromOutside("192.0.2.200", 9, 5000).forwarded()).isTrue();
        assertThat(fromOutside("198.51.100.1", 53, 5000).forwarded()).isTrue();
        assertThat(fromOutside("198.51.100.1", 54, 5000).reason()).isEqualTo(DropReason.DENIED);
        assertThat(fromOutside("203.0.113.200", 9, 5000).reason()).isEqualTo(DropReason.DENIED);
        granted(host.ask(firewall, host.map(UDP, 5000, 0, "0.0.0.0", 600, filter("0.0.0.0", 0, 0))));
        assertThat(fromOutside("203.0.113.200", 9, 5000).forwarded()).as("all filters cleared").isTrue();
    }

    @Test
    void moreFiltersThanAMappingMayHaveAreRefused() {
        for (int i = 0; i < 16; i++) {
            granted(host.ask(firewall, host.map(UDP, 5000, 0, "0.0.0.0", 600, filter("192.0.2." + i, 128, 0))));
        }
        assertThat(host.ask(firewall, host.map(UDP, 5000, 0, "0.0.0.0", 600, filter("192.0.2.99", 128, 0))).result()).isEqualTo(13);
        granted(host.ask(firewall, host.map(UDP, 5000, 0, "0.0.0.0", 600, filter("192.0.2.3", 128, 0))));
        assertThat(entries(table(firewall)).get(0).filters()).hasSize(16);
    }

    @Test
    void aHostHasAQuota() {
        for (int i = 0; i < 32; i++) {
            granted(host.ask(firewall, host.map(UDP, 5000 + i, 0, "0.0.0.0", 600)));
        }
        Answer refused = host.ask(firewall, host.map(UDP, 6000, 0, "0.0.0.0", 600));
        assertThat(refused.result()).isEqualTo(10);
        assertThat(refused.lifetime()).isEqualTo(30);
        granted(host.ask(firewall, host.map(UDP, 5000, 0, "0.0.0.0", 600)));
        granted(other.ask(firewall, other.map(UDP, 6000, 0, "0.0.0.0", 600)));
        host.ask(firewall, host.map(UDP, 5000, 0, "0.0.0.0", 0));
        granted(host.ask(firewall, host.map(UDP, 6000, 0, "0.0.0.0", 600)));
    }

    @Test
    void whenNoPortIsLeftThatIsSaid() {
        TestFirewall small = new TestFirewall("pcp_address", PcpClient.SERVER, "pcp_pool", PUBLIC, "pcp_ports", "2000-2001");
        granted(host.ask(small, host.map(UDP, 5000, 0, "0.0.0.0", 600)));
        granted(host.ask(small, host.map(UDP, 5001, 0, "0.0.0.0", 600)));
        assertThat(host.ask(small, host.map(UDP, 5002, 0, "0.0.0.0", 600)).result()).isEqualTo(8);
        TestFirewall full = new TestFirewall("pcp_address", PcpClient.SERVER, "pcp_pool", PUBLIC, "max_pcp_mappings", "1");
        granted(host.ask(full, host.map(UDP, 5000, 0, "0.0.0.0", 600)));
        assertThat(host.ask(full, host.map(UDP, 5002, 0, "0.0.0.0", 600)).result()).isEqualTo(8);
        TestFirewall none = new TestFirewall("pcp_address", PcpClient.SERVER);
        assertThat(host.ask(none, host.map(UDP, 5000, 0, "0.0.0.0", 600)).result()).isEqualTo(7);
    }

    @Test
    void peerFixesThePublicPortTowardsOneRemotePeer() {
        Answer answer = granted(host.ask(firewall, host.peer(UDP, 5000, 7000, REMOTE, 9, 600)));
        assertThat(answer.outside()).isEqualTo(PUBLIC + ":7000");
        assertThat(answer.all()).hasSize(80);
        byte[] out = Frames.udp("10.0.0.5", 5000, REMOTE, 9, 3);
        assertThat(firewall.inside(out).forwarded()).isTrue();
        assertThat(Frames.source(out)).isEqualTo(PUBLIC + ":7000");
        firewall.pass(200);
        assertThat(firewall.firewall.ipv4Sessions().size()).isZero();
        assertThat(fromOutside(REMOTE, 9, 7000).forwarded()).as("the peer, after the session").isTrue();
        assertThat(fromOutside("192.0.2.78", 9, 7000).reason()).isEqualTo(DropReason.DENIED);
        Answer second = granted(host.ask(firewall, host.peer(UDP, 5000, 0, REMOTE, 10, 600)));
        assertThat(second.outsidePort()).as("one inside endpoint, one public one").isEqualTo(7000);
        assertThat(host.ask(firewall, host.peer(UDP, 5000, 7001, REMOTE, 11, 600)).result()).isEqualTo(11);
        assertThat(other.ask(firewall, other.peer(UDP, 5000, 7000, REMOTE, 9, 600)).result()).isEqualTo(11);
    }

    @Test
    void aServerDoesNotGetThePublicEndpointOfItsClientInside() {
        TestFirewall open = new TestFirewall("pcp_address", PcpClient.SERVER, "pcp_pool", PUBLIC, "rules", "allow any->any");
        open.command("nat-server", "add", "name", "dns", "global", "203.0.113.80", "inside", "10.0.0.6", "protocol", "udp", "global_port",
                "53", "no_reverse", "true");
        assertThat(granted(host.ask(open, host.map(UDP, 6000, 0, "0.0.0.0", 600))).outside()).isEqualTo(PUBLIC + ":6000");
        byte[] query = Frames.udp("10.0.0.5", 6000, "203.0.113.80", 53, 3);
        open.inside(query);
        assertThat(Frames.source(query)).isEqualTo(PUBLIC + ":6000");
        assertThat(Frames.destination(query)).isEqualTo("10.0.0.6:53");
        assertThat(granted(other.ask(open, other.peer(UDP, 53, 0, PUBLIC, 6000, 600))).outsidePort()).isNotEqualTo(6000);
        byte[] in = Frames.udp(REMOTE, 9, PUBLIC, 6000, 3);
        open.outside(in);
        assertThat(Frames.destination(in)).as("still the client's").isEqualTo("10.0.0.5:6000");
    }

    @Test
    void aSuggestedAddressThatIsUsedUpIsOnlyAHint() {
        TestFirewall two = new TestFirewall("pcp_address", PcpClient.SERVER, "pcp_pool", "203.0.113.1-203.0.113.2", "pcp_ports", "5000");
        assertThat(granted(host.ask(two, host.map(UDP, 5000, 5000, "203.0.113.2", 600))).outside()).isEqualTo("203.0.113.2:5000");
        assertThat(granted(other.ask(two, other.map(UDP, 5000, 5000, "203.0.113.2", 600))).outside()).isEqualTo("203.0.113.1:5000");
    }

    @Test
    void peerNeitherShortensNorRemoves() {
        granted(host.ask(firewall, host.peer(UDP, 5000, 0, REMOTE, 9, 1000)));
        firewall.pass(100);
        assertThat(granted(host.ask(firewall, host.peer(UDP, 5000, 0, REMOTE, 9, 200))).lifetime()).isEqualTo(900);
        assertThat(granted(host.ask(firewall, host.peer(UDP, 5000, 0, REMOTE, 9, 0))).lifetime()).isEqualTo(900);
        assertThat(table(firewall).size()).isEqualTo(1);
    }

    @Test
    void aSessionThatAnotherKindTranslatesIsNotTakenOver() {
        TestFirewall both = new TestFirewall("pcp_address", PcpClient.SERVER, "pcp_pool", PUBLIC, "napt_pool", "203.0.113.9");
        both.inside(Frames.udp("10.0.0.5", 5000, REMOTE, 9, 3));
        assertThat(host.ask(both, host.peer(UDP, 5000, 0, REMOTE, 9, 600)).result()).isEqualTo(11);
        granted(host.ask(both, host.peer(UDP, 5001, 0, REMOTE, 9, 600)));
    }

    @Test
    void aHostMayAskForAnotherOnlyWhereThatIsAllowed() {
        byte[] request = host.map(UDP, 5000, 0, "0.0.0.0", 600, PcpClient.thirdParty("10.0.0.99"));
        assertThat(host.ask(firewall, request).result()).isEqualTo(5);
        TestFirewall open = new TestFirewall("pcp_address", PcpClient.SERVER, "pcp_pool", PUBLIC, "pcp_third_party", "true");
        assertThat(granted(host.ask(open, request)).all()).hasSize(80);
        byte[] in = Frames.udp(REMOTE, 9, PUBLIC, 5000, 3);
        assertThat(open.outside(in).forwarded()).isTrue();
        assertThat(Frames.destination(in)).isEqualTo("10.0.0.99:5000");
        assertThat(host.ask(open, host.map(UDP, 5000, 0, "0.0.0.0", 600, PcpClient.thirdParty("10.0.0.5"))).result()).isEqualTo(3);
        assertThat(host.ask(open, host.map(UDP, 5000, 0, "0.0.0.0", 600, PcpClient.thirdParty("192.0.2.1"))).result()).isEqualTo(2);
    }
}
