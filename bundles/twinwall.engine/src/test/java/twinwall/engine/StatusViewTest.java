/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.engine.Eventually.eventually;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import twinwall.group.GroupStatus;
import twinwall.group.Role;
import twinwall.group.RoleChange;
import twinwall.group.Share;
import twinwall.group.TableStatus;
import twinwall.protocol.MemberSettings;
import twinwall.spi.LocalTable;

class StatusViewTest {

    private static final class Sessions extends FakeHandler {

        private volatile long size;

        @Override
        public long size() {
            return size;
        }

        @Override
        public Map<String, Long> refused() {
            return Map.of("unknown-pool", 3L);
        }
    }

    private static final class Routes implements LocalTable {

        @Override
        public String type() {
            return "a-route";
        }

        @Override
        public String reason() {
            return "learned again";
        }

        @Override
        public long entries() {
            return 4;
        }
    }

    @Test
    void theStatusSaysWhatIsNotDueWhatWasRefusedAndWhatIsNotBackedUp() {
        try (TestFirewall a = new TestFirewall("a", "b")) {
            Sessions sessions = new Sessions();
            BackedUpTable backedUp = a.handle("session", sessions);
            eventually("the handler works", () -> sessions.changes != null && a.state("session") != null);
            sessions.put("one", "1");
            sessions.size = 6;
            LocalTables local = new LocalTables();
            local.add(new FakeReference<>(0), new Routes());

            GroupStatus status = view(a, backedUp, local);

            TableStatus table = status.tables().get(0);
            assertThat(status.tables()).extracting(TableStatus::type).containsExactly("session", "a-route");
            assertThat(table.notDue()).as("6 in the table, 1 due").isEqualTo(5);
            assertThat(table.refused()).isEqualTo(Map.of("unknown-pool", 3L));
            assertThat(status.failoverCost()).isEqualTo(new GroupStatus.FailoverCost(1, 5, 4));

            sessions.size = 0;
            assertThat(view(a, backedUp, local).tables().get(0).notDue()).as("never negative").isZero();
            sessions.size = -1;
            assertThat(view(a, backedUp, local).tables().get(0).notDue()).as("not known").isEqualTo(-1);
        }
    }

    private static GroupStatus view(TestFirewall firewall, BackedUpTable table, LocalTables local) {
        MemberSettings settings = new MemberSettings("a", "b", 1, 45_000, 50, 20, 10, false, 10_000);
        RoleChange role = new RoleChange(Role.INITIALIZING, Role.INITIALIZING, Share.NONE, "started", Instant.EPOCH, 45_000, -1);
        return StatusView.of(settings, firewall.member, role, List.of(), List.of(), List.of(table), local, List.of(), List.of(),
                Threads.now());
    }
}
