/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.engine.Eventually.eventually;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import twinwall.protocol.KeptSpace;
import twinwall.spi.EntrySink;
import twinwall.spi.PeerLayout;
import twinwall.spi.TableHandler;

/** Entries of a table that has a handler on one firewall only: fw-a active with a handler, fw-b without. */
class KeptEntriesTest {

    private final TestFirewall a = new TestFirewall("fw-a", "fw-b");
    private final TestFirewall b = new TestFirewall("fw-b", "fw-a");
    private final FakeHandler here = new FakeHandler();
    private InMemoryLink link;
    private boolean cut;

    @BeforeEach
    void connect() {
        link = new InMemoryLink(a.member, b.member);
    }

    @AfterEach
    void close() {
        if (!cut) {
            link.close();
        }
        a.close();
        b.close();
    }

    private void peerDies() {
        cut = true;
        link.close();
        a.close();
    }

    private void keep() {
        for (int i = 0; i < 100; i++) {
            here.table.put("key-" + i, "value-" + i);
        }
        a.handle("t", here);
        eventually("kept", () -> b.table("t").keeping().kept() == 100 && a.state("t").delivered() && a.state("t").keptByPeer());
    }

    @Test
    void aHandlerThatComesAfterTheSenderHasDiedGetsEverything() {
        keep();
        here.put("key-1", "later");
        eventually("the change is kept", () -> a.state("t").lag() == 0);
        assertThat(StatusView.inSync(a.state("t"))).as("a failover would find no handler").isFalse();
        peerDies();
        FakeHandler there = new FakeHandler();
        b.handle("t", there);
        eventually("the handler has everything", () -> there.table.size() == 100 && "later".equals(there.table.get("key-1")));
        eventually("nothing is kept any more", () -> b.keptSpace.used() == 0 && b.table("t").handler() != null);
    }

    @Test
    void aHandlerThatComesWhileTheSenderLivesFollowsFromThereOn() {
        keep();
        FakeHandler there = new FakeHandler();
        b.handle("t", there);
        here.put("key-2", "meanwhile");
        eventually("in sync", () -> a.inSync("t") && b.inSync("t"));
        here.put("key-3", "later");
        eventually("equal", () -> there.table.equals(here.table));
    }

    @Test
    void aHandlerIsGivenTheLayoutOfWhatIsKept() {
        keep();
        peerDies();
        AtomicInteger schema = new AtomicInteger();
        FakeHandler there = new FakeHandler() {
            @Override
            public EntrySink restore(PeerLayout peer) throws IOException {
                schema.set(peer.schema());
                return super.restore(peer);
            }
        };
        b.table("t").add(new FakeReference<>(0), new HandlerInfo(there, "t", 7, false, false, "test.t", "7", Instant.EPOCH));
        eventually("delivered", () -> there.table.equals(here.table));
        assertThat(schema.get()).isEqualTo(1);
    }

    @Test
    void aHandlerThatFailsToTakeThemIsTriedAgainAndNothingIsLost() {
        keep();
        AtomicInteger failures = new AtomicInteger(1);
        FakeHandler there = new FakeHandler() {
            @Override
            void restored(String key, String value) throws IOException {
                if (failures.getAndDecrement() > 0) {
                    throw new IOException("the table is full");
                }
                super.restored(key, value);
            }
        };
        b.handle("t", there);
        eventually("it has failed", () -> failures.get() < 1);
        here.put("key-4", "meanwhile");
        eventually("it has everything", () -> there.table.equals(here.table));
        eventually("in sync", () -> a.inSync("t") && b.inSync("t"));
    }

    @Test
    void whatThePeerHadIsKeptFromThenOnWhenAHandlerGoes() {
        here.table.put("key", "value");
        a.handle("t", here);
        FakeReference<TableHandler> reference = new FakeReference<>(0);
        b.table("t").add(reference, new HandlerInfo(new FakeHandler(), "t", 1, false, false, "test.t", "1", Instant.EPOCH));
        eventually("in sync", () -> a.inSync("t") && b.inSync("t"));
        b.table("t").remove(reference);
        eventually("kept", () -> b.table("t").keeping().kept() == 1);
        here.put("other", "value");
        eventually("kept, too", () -> b.table("t").keeping().kept() == 2);
        peerDies();
        FakeHandler later = new FakeHandler();
        b.handle("t", later);
        eventually("everything is there", () -> later.table.equals(Map.of("key", "value", "other", "value")));
    }

    @Test
    void pastTheLimitTheTableIsOutOfSyncWithTheReasonAndNothingOfItIsKept() {
        b.keptSpace = new KeptSpace(4000);
        for (int i = 0; i < 100; i++) {
            here.table.put("key-" + i, "value-" + i);
        }
        a.handle("t", here);
        eventually("told", () -> a.state("t") != null && a.state("t").detail().contains("MiB are kept for tables without a handler"));
        eventually("dropped", () -> b.keptSpace.used() == 0);
        FakeHandler there = new FakeHandler();
        b.handle("t", there);
        eventually("with a handler there is no limit", () -> a.inSync("t") && b.inSync("t") && there.table.equals(here.table));
    }
}
