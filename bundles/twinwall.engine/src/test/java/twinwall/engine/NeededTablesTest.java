/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.engine.Eventually.eventually;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import twinwall.spi.Confirmation;

/** Sessions need mappings; each table's handler has a thread of its own. */
class NeededTablesTest {

    private final TestFirewall a = new TestFirewall("fw-a", "fw-b");
    private final TestFirewall b = new TestFirewall("fw-b", "fw-a");
    private final FakeHandler sessions = new FakeHandler();
    private final FakeHandler mappings = new FakeHandler();
    /** Sessions that were restored before their mappings. */
    private final Queue<String> tooEarly = new ConcurrentLinkedQueue<>();
    private final Queue<Confirmation> told = new ConcurrentLinkedQueue<>();
    private final CountDownLatch taken = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final FakeHandler mappingsThere = new FakeHandler() {
        @Override
        void restored(String key, String value) throws IOException {
            if (key.startsWith("slow")) {
                await();
            }
            super.restored(key, value);
        }
    };
    private final FakeHandler sessionsThere = new FakeHandler() {
        @Override
        void restored(String key, String value) throws IOException {
            if (!mappingsThere.table.containsKey(key)) {
                tooEarly.add(key);
            }
            super.restored(key, value);
        }
    };
    private InMemoryLink link;

    @BeforeEach
    void connect() {
        link = new InMemoryLink(a.member, b.member);
    }

    @AfterEach
    void close() {
        goOn.countDown();
        link.close();
        a.close();
        b.close();
    }

    private void await() throws IOException {
        taken.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void handlersCome() {
        a.handle("napt", mappings);
        b.handle("napt", mappingsThere);
        a.handle("session", sessions, 0, List.of("napt"));
        b.handle("session", sessionsThere, 0, List.of("napt"));
    }

    private void open(String name) {
        mappings.put(name, "mapping");
        sessions.table.put(name, "session");
        sessions.changes.putConfirmed(FakeHandler.bytes(name), FakeHandler.bytes("session"), new byte[0], told::add);
    }

    @Test
    void noSessionIsRestoredBeforeItsMapping() {
        handlersCome();
        eventually("in sync", () -> a.inSync("session") && a.inSync("napt"));
        for (int i = 0; i < 2000; i++) {
            open("s" + i);
        }
        eventually("all are there", () -> sessionsThere.table.size() == 2000 && told.size() == 2000);
        assertThat(tooEarly).isEmpty();
    }

    @Test
    void aSessionIsConfirmedAsSoonAsTheHandlerOfMappingsHasTakenItsMapping() {
        handlersCome();
        eventually("in sync", () -> a.inSync("session") && a.inSync("napt"));
        open("slow");
        eventually("the mapping is being restored", () -> taken.getCount() == 0);
        assertThat(sessionsThere.table).isEmpty();
        assertThat(told).isEmpty();
        goOn.countDown();
        eventually("told", () -> told.contains(Confirmation.CONFIRMED));
        assertThat(tooEarly).isEmpty();
    }

    @Test
    void snapshotsComeInTheSameOrder() {
        for (int i = 0; i < 5000; i++) {
            mappings.table.put("s" + i, "mapping");
            sessions.table.put("s" + i, "session");
        }
        handlersCome();
        eventually("all are there", () -> sessionsThere.table.size() == 5000);
        assertThat(tooEarly).isEmpty();
    }
}
