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
import static twinwall.firewall.embedded.RemoteGateway.request;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import twinwall.firewall.AddressPrefix;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.IpsecTunnel;
import twinwall.firewall.IpsecTunnel.Direction;
import twinwall.firewall.TableWatcher;
import twinwall.group.Share;

class IpsecTakeoverTest {

    private static final String RULES = "allow inside->outside; allow outside->inside udp from 172.16.0.0/12";

    private final TestFirewall active = firewall(true);
    private final TestFirewall standby = firewall(false);
    private final RemoteGateway remote = new RemoteGateway();

    private static TestFirewall firewall(boolean forwarding, String... more) {
        List<String> all = new ArrayList<>(List.of("ipsec_addresses", HERE, "rules", RULES, "napt_pool", "203.0.113.9", "forwarding",
                String.valueOf(forwarding)));
        all.addAll(List.of(more));
        TestFirewall made = new TestFirewall(all.toArray(new String[0]));
        made.pass(0);
        return made;
    }

    @SuppressWarnings("unchecked")
    private static FirewallTable<IpsecTunnel> table(TestFirewall of) {
        return (FirewallTable<IpsecTunnel>) of.firewall.tables().get("ipsec-tunnel");
    }

    private static void install(TestFirewall on, String... changes) {
        IpsecTest.command(on).run("add", request(changes));
    }

    private static byte[] query() {
        return Frames.udp(CLIENT, 5000, SERVER, 53, 10);
    }

    private static byte[] event() {
        return Frames.udp(SERVER, 999, CLIENT, 53, 10);
    }

    /** The other gateway goes on sending until something passes; gives how many packets were refused before. */
    private int refusedAtFirst(TestFirewall by) {
        for (int refused = 0; refused < 5000; refused++) {
            TestFirewall.Passage passage = by.send(1, remote.seal(event()));
            if (passage.verdict().forwarded()) {
                return refused;
            }
            assertThat(passage.verdict().reason()).isEqualTo(DropReason.IPSEC_REPLAY);
        }
        throw new AssertionError("nothing passes");
    }

    @Test
    void theTunnelGoesOnWithoutANewKeyExchange() {
        install(active);
        for (int i = 0; i < 100; i++) {
            active.pass(1);
            remote.open(active.send(0, query()).frame().bytes);
            assertThat(active.send(1, remote.seal(event())).verdict().forwarded()).isEqualTo(true);
        }
        active.copyTo(standby);
        standby.takeOverFrom(active);
        remote.open(standby.send(0, query()).frame().bytes);
        assertThat(refusedAtFirst(standby)).as("packets that may have been accepted before").isEqualTo(32);
        assertThat(new HashSet<>(remote.vectors)).hasSize(remote.vectors.size());
    }

    @Test
    void withoutTheTableNothingIsOpenedOrSealed() {
        install(active);
        active.send(0, query());
        active.copyAllBut(standby, "ipsec-tunnel");
        standby.takeOverFrom(active);
        byte[] plain = standby.send(0, Frames.udp(CLIENT, 5001, SERVER, 53, 10)).frame().bytes;
        assertThat(Frames.source(plain)).as("unsealed").startsWith("203.0.113.9");
        assertThat(standby.send(1, remote.seal(event())).verdict().reason()).isEqualTo(DropReason.IPSEC_UNKNOWN_SPI);
    }

    @Test
    void whatTheFailedFirewallAcceptedIsRefused() {
        install(active);
        List<byte[]> captured = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            active.pass(i % 50 == 0 ? 1 : 0.001);
            byte[] sealed = remote.seal(event());
            assertThat(active.send(1, sealed).verdict().forwarded()).isTrue();
            captured.add(sealed);
        }
        active.copyTo(standby);
        standby.takeOverFrom(active);
        for (byte[] each : captured) {
            assertThat(standby.send(1, each).verdict().reason()).isEqualTo(DropReason.IPSEC_REPLAY);
        }
    }

    /**
     * Random failovers between two firewalls. What the table reports arrives in order, and late: outbound by less than the allowance,
     * inbound by less than the margin; a firewall that failed comes back empty and is filled from the other one.
     */
    @Test
    void noVectorIsUsedTwiceAndNoPacketAcceptedTwiceOverRandomFailovers() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            RemoteGateway gateway = new RemoteGateway();
            String[] settings = {"ipsec_report_packets", "5", "ipsec_report_allowance", "40", "ipsec_replay_margin", "20"};
            TestFirewall first = firewall(true, settings);
            install(first);
            TestFirewall second = firewall(false, settings);
            Set<Integer> accepted = new HashSet<>();
            List<byte[]> captured = new ArrayList<>();
            for (int failover = 0; failover < 6; failover++) {
                first.copyTo(second);
                Late late = new Late(random, 20);
                table(first).watch(late);
                int packets = random.nextInt(150);
                for (int i = 0; i < packets; i++) {
                    first.pass(random.nextInt(20) == 0 ? 1 : random.nextDouble() * 0.05);
                    gateway.open(first.send(0, query()).frame().bytes);
                    boolean again = !captured.isEmpty() && random.nextBoolean();
                    int which = again ? random.nextInt(captured.size()) : captured.size();
                    if (!again) {
                        captured.add(gateway.seal(event()));
                    }
                    if (first.send(1, captured.get(which)).verdict().forwarded()) {
                        assertThat(accepted.add(which)).as("seed %d, packet %d", seed, which).isTrue();
                    }
                    late.pass(table(second));
                    if (i == 0) {
                        late.all(table(second));
                    }
                }
                TestFirewall failed = first;
                first = second;
                first.takeOverFrom(failed);
                second = firewall(false, settings);
            }
            assertThat(new HashSet<>(gateway.vectors)).as("seed " + seed).hasSize(gateway.vectors.size());
            assertThat(gateway.vectors.stream().map(each -> each.split("/")[0]).distinct()).as("numbers, seed " + seed)
                    .hasSize(gateway.vectors.size());
        }
    }

    /** Reports that arrive in order, each after at most so many packets. */
    private static final class Late implements TableWatcher<IpsecTunnel> {

        private final Random random;
        private final int most;
        private final List<IpsecTunnel> underWay = new ArrayList<>();
        private final List<Integer> left = new ArrayList<>();

        Late(Random random, int most) {
            this.random = random;
            this.most = most;
        }

        @Override
        public void changed(IpsecTunnel entry) {
            underWay.add(entry);
            left.add(random.nextInt(most));
        }

        @Override
        public void removed(IpsecTunnel last) {
            throw new AssertionError("nothing is removed");
        }

        void pass(FirewallTable<IpsecTunnel> to) {
            left.replaceAll(each -> each - 1);
            while (!left.isEmpty() && left.get(0) < 0) {
                left.remove(0);
                to.restore(underWay.remove(0));
            }
        }

        void all(FirewallTable<IpsecTunnel> to) {
            underWay.forEach(to::restore);
            underWay.clear();
            left.clear();
        }
    }

    @Test
    void whenBothAreActiveUnknownToEachOtherTheyUseDifferentVectors() {
        install(active);
        active.copyTo(standby);
        standby.takeOverFrom(active);
        Set<String> vectors = new HashSet<>();
        for (TestFirewall each : List.of(active, standby)) {
            RemoteGateway gateway = new RemoteGateway();
            for (int i = 0; i < 200; i++) {
                gateway.open(each.send(0, query()).frame().bytes);
            }
            gateway.vectors.forEach(one -> assertThat(vectors.add(one.split("/")[1])).isTrue());
        }
        Set<String> senders = new HashSet<>();
        vectors.forEach(one -> senders.add(one.length() < 12 ? "0" : one.substring(0, one.length() - 12)));
        assertThat(senders).as("one sender's number for each").hasSize(2);
    }

    @Test
    void afterTheyHaveFoundEachOtherAgainNeitherRepeatsTheOther() {
        install(active);
        active.copyTo(standby);
        standby.takeOverFrom(active);
        for (int i = 0; i < 50; i++) {
            remote.open(standby.send(0, query()).frame().bytes);
            standby.send(1, remote.seal(event()));
        }
        byte[] acceptedThere = remote.seal(event());
        assertThat(standby.send(1, acceptedThere).verdict().forwarded()).isTrue();
        standby.firewall.setForwarding(false);
        List<IpsecTunnel> told = new ArrayList<>();
        table(standby).watch(new TableWatcher<IpsecTunnel>() {
            @Override
            public void changed(IpsecTunnel entry) {
                told.add(entry);
            }

            @Override
            public void removed(IpsecTunnel last) {
                throw new AssertionError("nothing is removed");
            }
        });
        TestFirewall.entries(table(active)).forEach(table(standby)::restore);
        standby.pass(2);
        assertThat(told).as("it knows of later numbers and says so").hasSize(2);
        told.forEach(table(active)::restore);
        assertThat(active.send(1, acceptedThere).verdict().reason()).isEqualTo(DropReason.IPSEC_REPLAY);
        remote.open(active.send(0, query()).frame().bytes);
        assertThat(remote.vectors.stream().map(each -> each.split("/")[0]).distinct()).hasSize(remote.vectors.size());
    }

    @Test
    void inLoadBalancingAnAssociationIsUsedByOneFirewallUntilThatIsGone() {
        install(active);
        active.copyTo(standby);
        standby.now = active.now;
        active.firewall.setForwarding(true, Share.FIRST_HALF);
        standby.firewall.setForwarding(true, Share.FIRST_HALF);
        standby.pass(0);
        assertThat(active.send(0, query()).verdict().forwarded()).isTrue();
        assertThat(standby.send(0, query()).verdict().reason()).isEqualTo(DropReason.IPSEC_PEERS);
        assertThat(standby.send(1, remote.seal(event())).verdict().reason()).isEqualTo(DropReason.IPSEC_PEERS);
        standby.firewall.setForwarding(true, Share.ALL);
        assertThat(standby.send(0, query()).verdict().forwarded()).isTrue();
    }

    @Test
    void theLifetimeGoesOnAndSoDoTheCounts() {
        install(active, "lifetime_s", "100", "lifetime_packets", "3");
        active.pass(60);
        active.send(0, query());
        active.send(0, query());
        active.pass(2);
        standby.pass(62);
        active.copyTo(standby);
        standby.takeOverFrom(active);
        assertThat(standby.send(0, query()).verdict().forwarded()).isTrue();
        assertThat(standby.send(0, query()).verdict().reason()).isEqualTo(DropReason.IPSEC_LIFETIME);
        assertThat(refusedAtFirst(standby)).isEqualTo(32);
        standby.pass(37);
        assertThat(standby.send(1, remote.seal(event())).verdict().reason()).isNull();
        standby.pass(2);
        assertThat(standby.send(1, remote.seal(event())).verdict().reason()).isEqualTo(DropReason.IPSEC_LIFETIME);
    }

    @Test
    void whatIsUsedIsToldAtLeastOnceInASecond() {
        install(active);
        List<IpsecTunnel> told = new ArrayList<>();
        table(active).watch(new TableWatcher<IpsecTunnel>() {
            @Override
            public void changed(IpsecTunnel entry) {
                told.add(entry);
            }

            @Override
            public void removed(IpsecTunnel last) {
                told.add(last);
            }
        });
        active.send(0, query());
        active.pass(1.1);
        assertThat(told).hasSize(1);
        assertThat(told.get(0).packets()).isEqualTo(1);
        active.pass(5);
        assertThat(told).as("nothing new").hasSize(1);
        for (int i = 0; i < 25_000; i++) {
            active.send(0, query());
        }
        assertThat(told.stream().map(IpsecTunnel::number).distinct()).as("after each 10000").hasSize(3);
        assertThat(told).as("and once for the time").hasSize(4);
    }

    @Test
    void whatContradictsTheConfigurationIsRefused() {
        install(active);
        IpsecTunnel out = TestFirewall.entries(table(active)).stream().filter(one -> one.direction() == Direction.OUTBOUND).findFirst()
                .orElseThrow();
        refused(firewall(false, "ipsec_peers", "192.0.2.0/24"), out, "unknown-peer");
        refused(firewall(false, "ipsec_addresses", "192.0.2.1"), out, "unknown-local-address");
        refused(standby, changed(out, "des", out.secret(), out.remote(), 7), "unknown-algorithm");
        refused(standby, changed(out, out.algorithm(), new byte[7], out.remote(), 7), "bad-key");
        refused(standby, changed(out, out.algorithm(), out.secret(), List.of(), 7), "bad-selectors");
        refused(standby, changed(out, out.algorithm(), out.secret(), out.remote(), 1L << 50), "bad-number");
        assertThat(table(standby).size()).isZero();
    }

    private static IpsecTunnel changed(IpsecTunnel of, String algorithm, byte[] secret, List<AddressPrefix> remote, long number) {
        return new IpsecTunnel(0, of.destination(), 50, of.spi(), of.direction(), of.tunnel(), of.source(), of.local(), remote, algorithm,
                secret, true, of.window(), of.createdSeconds(), 0, 0, 0, of.sender(), number, 0, 0, 0);
    }

    private static void refused(TestFirewall by, IpsecTunnel entry, String reason) {
        assertThatThrownBy(() -> table(by).restore(entry)).isInstanceOf(EntryRefusedException.class)
                .satisfies(e -> assertThat(((EntryRefusedException) e).reason()).isEqualTo(reason));
    }
}
