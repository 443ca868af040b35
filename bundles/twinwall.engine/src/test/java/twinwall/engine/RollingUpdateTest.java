/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.engine.Eventually.eventually;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twinwall.spi.TableHandler;

/** A handler is updated to a record with one component more, one firewall after the other, while leases change on fw-a. */
class RollingUpdateTest {

    private final TestFirewall a = new TestFirewall("fw-a", "fw-b");
    private final TestFirewall b = new TestFirewall("fw-b", "fw-a");
    private final LeaseTable onA = new LeaseTable();
    private final LeaseTable onB = new LeaseTable();
    private final FakeReference<TableHandler> oldOfA = new FakeReference<>(1);
    private final FakeReference<TableHandler> oldOfB = new FakeReference<>(1);
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread traffic = new Thread(this::change, "leases");
    private InMemoryLink link;

    @BeforeEach
    void connect() {
        link = new InMemoryLink(a.member, b.member);
        a.table("lease").add(oldOfA, onA.oldHandler());
        b.table("lease").add(oldOfB, onB.oldHandler());
        eventually("in sync", () -> a.inSync("lease") && b.inSync("lease"));
    }

    @AfterEach
    void close() throws InterruptedException {
        over.set(true);
        traffic.join();
        link.close();
        a.close();
        b.close();
    }

    private void change() {
        for (int i = 0; !over.get(); i++) {
            onA.put(new LeaseTable.New(i % 50, "host-" + i % 50, i, "site-" + i % 7));
            Thread.onSpinWait();
            if (i % 100 == 0) {
                Thread.yield();
            }
        }
    }

    @ParameterizedTest(name = "fw-a first: {0}")
    @ValueSource(booleans = {true, false})
    void entriesCrossWhileOneFirewallIsAhead(boolean first) throws InterruptedException {
        traffic.start();
        eventually("leases are copied", () -> onB.leases.size() == 50);
        update(first);
        eventually("in sync with different schemas", () -> a.inSync("lease") && b.inSync("lease")
                && a.table("lease").handler().schema() + b.table("lease").handler().schema() == 3);
        assertThat(HandlerView.handler(a.state("lease").peer())).isEqualTo(HandlerView.handler(b.table("lease").handler()));
        assertThat(HandlerView.handler(b.state("lease").peer())).isEqualTo(HandlerView.handler(a.table("lease").handler()));
        int renewals = onA.leases.get(1).renewals();
        eventually("changes go on", () -> onB.leases.get(1).renewals() > renewals);
        assertThat(onB.leases.get(1).name()).isEqualTo("host-1");
        assertThat(onB.leases.get(1).site()).as("what one of the two does not know takes its default").isEmpty();
        update(!first);
        eventually("in sync again", () -> a.inSync("lease") && b.inSync("lease"));
        over.set(true);
        traffic.join();
        eventually("equal, with the new component", () -> onB.leases.equals(onA.leases));
        assertThat(List.copyOf(onB.leases.values())).allMatch(lease -> lease.site().startsWith("site-"));
    }

    @Test
    void whatAnOldFirewallHadIsTakenByANewOne() {
        onA.put(new LeaseTable.New(7, "printer", 3, "lobby"));
        eventually("copied", () -> onB.leases.containsKey(7));
        update(false);
        eventually("in sync", () -> a.inSync("lease") && b.inSync("lease"));
        assertThat(onB.leases.get(7)).isEqualTo(new LeaseTable.New(7, "printer", 3, ""));
    }

    private void update(boolean ofA) {
        TestFirewall firewall = ofA ? a : b;
        firewall.table("lease").add(new FakeReference<>(2), (ofA ? onA : onB).newHandler());
        firewall.table("lease").remove(ofA ? oldOfA : oldOfB);
        eventually("updated", () -> firewall.table("lease").handler() != null && firewall.table("lease").handler().schema() == 2);
    }
}
