/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.EntryVisitor;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.TableWatcher;
import twinwall.handler.samples.Route;
import twinwall.record.RecordCodec;
import twinwall.spi.EntrySink;
import twinwall.spi.PeerLayout;

class RefusedEntriesTest {

    private static final Map<Integer, String> REASONS = Map.of(0, "", 1, "Not a name");
    private static final Logger LOG = Logger.getLogger("twinwall.handler");

    private final List<String> lines = new ArrayList<>();
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getLevel() + " " + new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }
    };
    private final Configured table = new Configured();
    private final RecordTableHandler<Route> handler = new RecordTableHandler<>(table, Route.class) {
    };

    /** Takes even gateways only; the reason is said by the destination. */
    private static final class Configured implements FirewallTable<Route> {

        private final List<Route> taken = new ArrayList<>();

        @Override
        public void restore(Route route) {
            if (route.gateway() < 0) {
                throw route.gateway() == -1 ? new IllegalStateException("the table is full") : new IllegalArgumentException("a bug");
            }
            if (route.gateway() % 2 == 1) {
                throw new EntryRefusedException(REASONS.getOrDefault(route.destination(), "gateway-" + route.destination()),
                        "gateway " + route.gateway() + " is on\nno interface. Add one.");
            }
            taken.add(route);
        }

        @Override
        public AutoCloseable watch(TableWatcher<? super Route> watcher) {
            return () -> { };
        }

        @Override
        public void visit(EntryVisitor<? super Route> visitor) {
        }

        @Override
        public void forget(Route key) {
        }

        @Override
        public int size() {
            return taken.size();
        }
    }

    @BeforeEach
    void listen() {
        LOG.addHandler(recorder);
        LOG.setUseParentHandlers(false);
    }

    @AfterEach
    void listenNoMore() {
        LOG.removeHandler(recorder);
        LOG.setUseParentHandlers(true);
    }

    @Test
    void anEntryThatContradictsTheConfigurationIsCountedAndTheOthersGoOn() throws IOException {
        restore(new Route(2, 1, true, 0), new Route(3, 2, true, 0), new Route(2, 3, true, 0), new Route(4, 5, true, 0));
        assertThat(table.taken).containsExactly(new Route(3, 2, true, 0));
        assertThat(handler.refused()).isEqualTo(Map.of("gateway-2", 2L, "gateway-4", 1L));
        assertThat(handler.size()).isEqualTo(1);
    }

    @Test
    void theFirstOfEachReasonIsLoggedAsOneLine() throws IOException {
        restore(new Route(2, 1, true, 0), new Route(2, 3, true, 0));
        assertThat(lines).containsExactly("WARNING Handler " + handler.getClass().getName() + " did not take an entry (Route) of the peer, "
                + "gateway-2: gateway 1 is on no interface. Add one. Its other entries and the other tables go on. Further ones of this "
                + "kind are counted, not logged.");
        restore(new Route(5, 1, true, 0));
        assertThat(lines).hasSize(2);
    }

    @Test
    void thereAreNoMoreReasonsThanALimit() throws IOException {
        for (int i = 2; i < 100; i++) {
            restore(new Route(i, 1, true, 0));
        }
        assertThat(handler.refused()).hasSize(17).containsEntry("other", 82L).containsKey("gateway-17").doesNotContainKey("gateway-18");
        assertThat(lines).hasSize(17);
    }

    @Test
    void aReasonThatIsNoNameIsAnotherReason() throws IOException {
        restore(new Route(0, 1, true, 0), new Route(1, 1, true, 0));
        assertThat(handler.refused()).isEqualTo(Map.of("other", 2L));
    }

    @Test
    void otherExceptionsOfTheTableTakeItOutOfSync() {
        assertThatThrownBy(() -> restore(new Route(1, -1, true, 0))).isInstanceOf(IOException.class).hasMessageContaining("full");
        assertThatIllegalArgumentException().isThrownBy(() -> restore(new Route(1, -2, true, 0))).withMessage("a bug");
        assertThat(handler.refused()).isEmpty();
    }

    private void restore(Route... routes) throws IOException {
        RecordCodec<Route> codec = RecordCodec.of(Route.class);
        EntrySink sink = handler.restore(new PeerLayout(1, handler.layout()));
        for (Route route : routes) {
            sink.put(codec.key(route), codec.value(route), codec.soft(route));
        }
    }
}
