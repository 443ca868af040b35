/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.TestFirewall.PUBLIC;
import static twinwall.firewall.embedded.TestFirewall.SERVER;
import static twinwall.firewall.embedded.TestFirewall.entries;

import java.nio.ByteBuffer;
import java.util.List;

import org.junit.jupiter.api.Test;
import twinwall.firewall.CarPlace;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.Ip4;

class CarNatTest {

    private static final String[] THREE = {"napt_pool", PUBLIC, "car_nat_limit", "3", "car_nat_timeout_s", "100"};

    private final TestFirewall active = new TestFirewall(THREE);
    private final TestFirewall standby = standby(THREE);

    private static TestFirewall standby(String... settings) {
        TestFirewall firewall = new TestFirewall(settings);
        firewall.firewall.setForwarding(false);
        return firewall;
    }

    private static Verdict begin(TestFirewall firewall, int client, int port) {
        return firewall.inside(Frames.udp(client(client), port, SERVER, 53, 1));
    }

    private static String client(int number) {
        return "10.0." + number / 250 + "." + (number % 250 + 1);
    }

    @SuppressWarnings("unchecked")
    private static FirewallTable<CarPlace> places(TestFirewall firewall) {
        return (FirewallTable<CarPlace>) firewall.firewall.tables().get("car-nat");
    }

    @Test
    void withTenAddressesAndALimitOfTenTheHundredAndFirstClientIsDropped() {
        TestFirewall firewall = new TestFirewall("napt_pool", "203.0.113.1-203.0.113.10", "car_nat_limit", "10");
        for (int i = 0; i < 100; i++) {
            assertThat(begin(firewall, i, 5000).forwarded()).as(client(i)).isTrue();
        }
        assertThat(begin(firewall, 100, 5000).reason()).isEqualTo(DropReason.CAR_LIMIT);
        assertThat(begin(firewall, 7, 5001).forwarded()).as("who has a place").isTrue();
        assertThat(places(firewall).size()).isEqualTo(100);
    }

    @Test
    void aClientStaysOnTheAddressWhereItHasAPlace() {
        TestFirewall firewall = new TestFirewall("napt_pool", "203.0.113.0/28", "car_nat_limit", "4", "napt_ports", "2000-2003");
        String first = null;
        for (int i = 0; i < 4; i++) {
            byte[] packet = Frames.udp("10.0.0.1", 5000 + i, SERVER, 53, 1);
            assertThat(firewall.inside(packet).forwarded()).isTrue();
            String address = Frames.source(packet).split(":")[0];
            first = first == null ? address : first;
            assertThat(address).isEqualTo(first);
        }
        assertThat(firewall.inside(Frames.udp("10.0.0.1", 5009, SERVER, 53, 1)).reason()).isEqualTo(DropReason.NAPT_EXHAUSTED);
    }

    @Test
    void aPlaceIsFreeWhenItsHolderHasHadNoSessionForAWhile() {
        for (int i = 0; i < 3; i++) {
            begin(active, i, 5000);
        }
        active.pass(61);
        assertThat(active.firewall.naptMappings().size()).isZero();
        assertThat(begin(active, 3, 5000).reason()).isEqualTo(DropReason.CAR_LIMIT);
        active.pass(50);
        assertThat(begin(active, 1, 5001).forwarded()).as("comes back in time").isTrue();
        active.pass(51);
        assertThat(begin(active, 3, 5001).forwarded()).isTrue();
        assertThat(begin(active, 4, 5001).forwarded()).isTrue();
        assertThat(begin(active, 5, 5001).reason()).isEqualTo(DropReason.CAR_LIMIT);
        assertThat(begin(active, 1, 5002).forwarded()).isTrue();
    }

    @Test
    void afterATakeoverTheSameHoldersKeepTheirPlacesAndTheLimitHolds() {
        for (int i = 0; i < 3; i++) {
            begin(active, i, 5000);
        }
        active.pass(61);
        active.copyTo(standby);
        standby.takeOverFrom(active);
        assertThat(begin(standby, 3, 5000).reason()).isEqualTo(DropReason.CAR_LIMIT);
        for (int i = 0; i < 3; i++) {
            assertThat(begin(standby, i, 6000).forwarded()).isTrue();
        }
    }

    @Test
    void withoutTheTableAStrangerTakesAHoldersPlace() {
        for (int i = 0; i < 3; i++) {
            begin(active, i, 5000);
        }
        active.pass(61);
        active.copyAllBut(standby, "car-nat");
        standby.takeOverFrom(active);
        for (int i = 3; i < 6; i++) {
            assertThat(begin(standby, i, 5000).forwarded()).isTrue();
        }
        assertThat(begin(standby, 0, 6000).reason()).isEqualTo(DropReason.CAR_LIMIT);
    }

    @Test
    void theLimitHoldsWhetherSessionsOrEntriesComeFirst() {
        for (int i = 0; i < 3; i++) {
            begin(active, i, 5000);
        }
        active.copyAllBut(standby, "car-nat");
        entries(places(active)).forEach(places(standby)::restore);
        TestFirewall other = standby(THREE);
        entries(places(active)).forEach(places(other)::restore);
        active.copyAllBut(other, "car-nat");
        for (TestFirewall one : List.of(standby, other)) {
            one.takeOverFrom(active);
            assertThat(begin(one, 3, 5000).reason()).isEqualTo(DropReason.CAR_LIMIT);
            one.pass(61);
            assertThat(entries(places(one))).allSatisfy(place -> assertThat(place.sessions()).isZero());
            one.pass(101);
            assertThat(places(one).size()).isZero();
            assertThat(begin(one, 3, 5000).forwarded()).isTrue();
        }
    }

    @Test
    void sessionsWhoseEntriesNeverCameCountAndGetTheirEntriesAtTheNextSession() {
        for (int i = 0; i < 3; i++) {
            begin(active, i, 5000);
        }
        active.copyAllBut(standby, "car-nat");
        standby.takeOverFrom(active);
        assertThat(begin(standby, 3, 5000).reason()).isEqualTo(DropReason.CAR_LIMIT);
        assertThat(begin(standby, 1, 5001).forwarded()).isTrue();
        assertThat(entries(places(standby))).singleElement().satisfies(place -> {
            assertThat(place.inside()).hasToString(client(1));
            assertThat(place.sessions()).isEqualTo(2);
        });
    }

    @Test
    void aPlaceThatThePeerGivesToAnotherIsNoMoreItsFormerHolders() {
        CarPlace place = place("10.0.0.1", 0, 0, PUBLIC);
        places(standby).restore(place);
        places(standby).restore(place("10.0.0.2", 0, 0, PUBLIC));
        assertThat(entries(places(standby))).singleElement().extracting(CarPlace::inside).hasToString("10.0.0.2");
        places(standby).forget(place);
        assertThat(places(standby).size()).isEqualTo(1);
    }

    @Test
    void entriesThatContradictTheConfigurationAreRefused() {
        assertRefused(place("10.0.0.1", 3, 0, PUBLIC), "beyond-limit");
        assertRefused(place("10.0.0.1", -1, 0, PUBLIC), "beyond-limit");
        assertRefused(place("10.0.0.1", 0, 1, PUBLIC), "unknown-pool");
        assertRefused(place("10.0.0.1", 0, 0, "203.0.113.99"), "outside-pool");
        FirewallTable<CarPlace> off = places(standby("napt_pool", PUBLIC));
        assertThatThrownBy(() -> off.restore(place("10.0.0.1", 0, 0, PUBLIC))).isInstanceOf(EntryRefusedException.class);
        assertThat(places(standby).size()).isZero();
    }

    private void assertRefused(CarPlace place, String reason) {
        assertThatThrownBy(() -> places(standby).restore(place)).isInstanceOfSatisfying(EntryRefusedException.class,
                e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static CarPlace place(String inside, int place, int pool, String outside) {
        return new CarPlace(0, pool, ip(outside), ip(inside), place, 1, 100);
    }

    static Ip4 ip(String text) {
        return new Ip4(ByteBuffer.wrap(Frames.address(text)).getInt());
    }
}
