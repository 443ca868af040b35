/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

class FlowTableTest {

    private final FlowTable table = new FlowTable();

    private static Flow flow(long client, long server, int ports) {
        Flow flow = new Flow();
        flow.protocol = 6;
        flow.clientLow = client;
        flow.serverLow = server;
        flow.ports = ports;
        return flow;
    }

    @Test
    void aFlowIsFoundInBothDirections() {
        Flow flow = flow(1, 2, 3 << 16 | 4);
        table.add(flow);
        assertThat(table.find(false, 6, 0, 1, 0, 2, 3 << 16 | 4)).isSameAs(flow);
        assertThat(table.direction()).isZero();
        assertThat(table.find(false, 6, 0, 2, 0, 1, 4 << 16 | 3)).isSameAs(flow);
        assertThat(table.direction()).isEqualTo(1);
        assertThat(table.find(true, 6, 0, 1, 0, 2, 3 << 16 | 4)).isNull();
        assertThat(table.find(false, 17, 0, 1, 0, 2, 3 << 16 | 4)).isNull();
    }

    @Test
    void aTranslatedFlowIsFoundByItsPublicEndFromOutside() {
        Flow flow = flow(1, 2, 3 << 16 | 4);
        flow.publicAddress = 99;
        flow.publicPort = 77;
        flow.set(Flow.TRANSLATED);
        table.add(flow);
        assertThat(table.find(false, 6, 0, 2, 0, 99, 4 << 16 | 77)).isSameAs(flow);
        assertThat(table.find(false, 6, 0, 2, 0, 1, 4 << 16 | 3)).isNull();
    }

    @Test
    void randomChangesAgreeWithAMap() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<Long, Flow> model = new LinkedHashMap<>();
        for (int i = 0; i < 60_000; i++) {
            long client = random.nextInt(20_000);
            Flow there = model.get(client);
            if (there == null) {
                Flow flow = flow(client, 1L << 40, 5 << 16 | 6);
                table.add(flow);
                model.put(client, flow);
            } else if (random.nextBoolean()) {
                table.remove(there);
                model.remove(client);
            }
        }
        assertThat(table.size()).isEqualTo(model.size());
        Set<Flow> walked = new HashSet<>();
        for (int place = 0; place < table.places(); place++) {
            if (table.at(place) != null) {
                assertThat(walked.add(table.at(place))).isTrue();
            }
        }
        assertThat(walked).as("seed " + seed).hasSize(model.size());
        for (long client = 0; client < 20_000; client++) {
            Flow expected = model.get(client);
            if (table.find(false, 6, 0, client, 0, 1L << 40, 5 << 16 | 6) != expected
                    || table.find(false, 6, 0, 1L << 40, 0, client, 6 << 16 | 5) != expected) {
                throw new AssertionError("client " + client + " with seed " + seed);
            }
        }
    }
}
