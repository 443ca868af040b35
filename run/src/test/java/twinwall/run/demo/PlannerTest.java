/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import twinwall.run.capture.CaptureReader;
import twinwall.run.capture.CapturedFrame;

class PlannerTest {

    private final Planner planner = new Planner();

    @Test
    void whoSendsTheFirstPacketIsTheClient() {
        add(Frames.tcp("10.0.0.1", 4000, "198.51.100.1", 80, Frames.SYN));
        add(Frames.tcp("198.51.100.1", 80, "10.0.0.1", 4000, Frames.SYN_ACK));
        add(Frames.udp("198.51.100.1", 53, "10.0.0.1", 4000));
        add(Frames.udp("10.0.0.1", 4000, "198.51.100.1", 53));

        Plan plan = planner.plan();

        assertThat(sides(plan)).containsExactly(0, 1, 0, 1);
        assertThat(plan.flows()).hasSize(2);
        assertThat(plan.flow(0)).isSameAs(plan.flow(1)).isNotSameAs(plan.flow(2));
        assertThat(plan.flow(0).isTcp()).isTrue();
    }

    @Test
    void pingsAreToldApartByTheirIdentifier() {
        add(Frames.icmp("10.0.0.1", "198.51.100.1", 8, 7));
        add(Frames.icmp("198.51.100.1", "10.0.0.1", 0, 7));
        add(Frames.icmp("198.51.100.1", "10.0.0.1", 8, 8));

        Plan plan = planner.plan();

        assertThat(sides(plan)).containsExactly(0, 1, 0);
        assertThat(plan.flows()).hasSize(2);
    }

    @Test
    void anIcmpErrorBelongsToTheFlowThatItIsAbout() {
        byte[] query = Frames.udp("10.0.0.1", 4000, "198.51.100.1", 53);
        byte[] answer = Frames.udp("198.51.100.1", 53, "10.0.0.1", 4000);
        add(query);
        add(Frames.icmpError("203.0.113.9", "10.0.0.1", query));
        add(answer);
        add(Frames.icmpError("10.0.0.1", "198.51.100.1", answer));

        Plan plan = planner.plan();

        assertThat(plan.flows()).hasSize(1);
        assertThat(sides(plan)).containsExactly(0, 1, 1, 0);
    }

    @Test
    void laterFragmentsFollowTheFirstEvenWhenTheyComeBefore() {
        add(Frames.udp("10.0.0.1", 4000, "198.51.100.1", 53));
        byte[] first = Frames.fragment(Frames.udp("198.51.100.1", 53, "10.0.0.1", 4000), 99, 0, true);
        byte[] later = Frames.fragment(Frames.udp("198.51.100.1", 0, "10.0.0.1", 0), 99, 100, false);
        add(later);
        add(first);
        add(later);

        Plan plan = planner.plan();

        assertThat(sides(plan)).containsExactly(0, 1, 1, 1);
        assertThat(plan.flow(1)).isSameAs(plan.flow(0));
        assertThat(plan.flow(3)).isSameAs(plan.flow(0));
    }

    @Test
    void aFailPointThatTearsADatagramApartIsMovedBehindIt() {
        byte[] packet = Frames.udp("10.0.0.1", 4000, "198.51.100.1", 53);
        add(packet);
        add(Frames.fragment(packet, 1, 0, true));
        add(Frames.fragment(packet, 2, 0, true));
        add(Frames.fragment(packet, 1, 100, false));
        add(Frames.fragment(packet, 2, 100, false));
        add(packet);

        Plan plan = planner.plan();

        assertThat(plan.failPointFrom(1)).isEqualTo(1);
        assertThat(plan.failPointFrom(2)).isEqualTo(5);
        assertThat(plan.failPointFrom(4)).isEqualTo(5);
        assertThat(plan.failPointFrom(5)).isEqualTo(5);
        assertThat(plan.failPointFrom(99)).isEqualTo(6);
    }

    @Test
    void anIdentificationUsedAgainMuchLaterIsAnotherDatagram() {
        byte[] packet = Frames.udp("10.0.0.1", 4000, "198.51.100.1", 53);
        planner.add(0, Frames.fragment(packet, 1, 0, true));
        planner.add(10_000_000, Frames.fragment(packet, 1, 0, true));

        assertThat(planner.plan().failPointFrom(1)).isEqualTo(1);
    }

    @Test
    void whatIsNotIpHasNoFlow() {
        byte[] arp = new byte[42];
        arp[12] = 8;
        arp[13] = 6;
        add(arp);
        add(new byte[0]);

        assertThat(planner.plan().flow(0)).isNull();
        assertThat(planner.plan().flow(1)).isNull();
        assertThat(planner.plan().flows()).isEmpty();
    }

    @Test
    void theShippedCaptureHasItsClientsInside() throws IOException {
        int packet = 0;
        try (CaptureReader reader = CaptureReader.open(Path.of("captures", "office.pcap"))) {
            for (CapturedFrame frame = reader.next(); frame != null; frame = reader.next()) {
                planner.add(frame.timeMicros(), frame.frame());
                packet++;
            }
        }

        Plan plan = planner.plan();

        assertThat(plan.packets()).isEqualTo(packet);
        assertThat(plan.flows().stream().filter(Flow::isTcp)).hasSizeGreaterThan(10)
                .allSatisfy(flow -> assertThat(flow.client().toString()).matches("10\\.20\\.0\\..*|2001:db8:20:.*"));
    }

    private void add(byte[] frame) {
        planner.add(0, frame);
    }

    private static int[] sides(Plan plan) {
        int[] sides = new int[plan.packets()];
        for (int i = 0; i < sides.length; i++) {
            sides[i] = plan.side(i);
        }
        return sides;
    }
}
