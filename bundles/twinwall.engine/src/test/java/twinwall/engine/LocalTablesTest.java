/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;
import twinwall.group.TableStatus;
import twinwall.spi.LocalTable;

class LocalTablesTest {

    private final LocalTables tables = new LocalTables();

    private record Routes(String type, long entries) implements LocalTable {

        @Override
        public String reason() {
            return "learned again in seconds";
        }
    }

    private static final class Broken implements LocalTable {

        private int asked;

        @Override
        public String type() {
            asked++;
            throw new IllegalStateException("the bundle is gone");
        }

        @Override
        public String reason() {
            return "";
        }

        @Override
        public long entries() {
            return 1;
        }
    }

    @Test
    void aTableThatIsNotBackedUpIsShownWithWhatAFailoverWouldCost() {
        tables.add(new FakeReference<>(0), new Routes("routes", 7));
        TableStatus status = tables.status(List.of("napt")).get(0);
        assertThat(status.type()).isEqualTo("routes");
        assertThat(status.backedUp()).isFalse();
        assertThat(status.entries()).isEqualTo(7);
        assertThat(status.atRisk()).isEqualTo(7);
        assertThat(status.inSync()).isFalse();
        assertThat(status.detail()).isEqualTo("learned again in seconds");
        assertThat(status.handler()).isNull();
    }

    @Test
    void tablesAreInOrderAndGoneWithTheirService() {
        ServiceReference<LocalTable> reference = new FakeReference<>(0);
        tables.add(reference, new Routes("routes", 7));
        tables.add(new FakeReference<>(0), new Routes("gre", 1));
        assertThat(types()).containsExactly("gre", "routes");
        tables.remove(reference);
        assertThat(types()).containsExactly("gre");
    }

    @Test
    void aReplacementMayComeBeforeTheOldOneGoes() {
        ServiceReference<LocalTable> old = new FakeReference<>(0);
        tables.add(old, new Routes("routes", 1));
        tables.add(new FakeReference<>(1), new Routes("routes", 2));
        assertThat(tables.status(List.of())).hasSize(1).allMatch(status -> status.entries() == 2);
        tables.remove(old);
        assertThat(tables.status(List.of())).hasSize(1).allMatch(status -> status.entries() == 2);
    }

    @Test
    void aTableThatIsBackedUpIsNotLocal() {
        tables.add(new FakeReference<>(0), new Routes("routes", 1));
        assertThat(tables.status(List.of("routes"))).isEmpty();
    }

    @Test
    void aTableThatFailsOrHasNoNameIsLeftOutAndNotCalledWhenItComes() {
        Broken broken = new Broken();
        tables.add(new FakeReference<>(0), broken);
        assertThat(broken.asked).isZero();
        tables.add(new FakeReference<>(0), new Routes("No name", 1));
        tables.add(new FakeReference<>(0), new Routes("routes", 1));
        assertThat(types()).containsExactly("routes");
        assertThat(types()).containsExactly("routes");
    }

    private List<String> types() {
        return tables.status(List.of()).stream().map(TableStatus::type).toList();
    }
}
