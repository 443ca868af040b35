/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.engine.Eventually.eventually;

import java.io.IOException;
import java.time.Instant;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import twinwall.group.HandlerState;
import twinwall.group.TableStatus.HandlerStatus;
import twinwall.protocol.HandlerOrigin;
import twinwall.protocol.PeerTable;
import twinwall.protocol.TableState;
import twinwall.spi.TableHandler;

class HandlerViewTest {

    private final TestFirewall a = new TestFirewall("fw-a", "fw-b");
    private final TestFirewall b = new TestFirewall("fw-b", "fw-a");
    private final InMemoryLink link = new InMemoryLink(a.member, b.member);

    @AfterEach
    void close() {
        link.close();
        a.close();
        b.close();
    }

    private HandlerState here(TestFirewall firewall) {
        TableState state = firewall.state("t");
        return state == null ? null : HandlerView.state(firewall.table("t").handler(), state);
    }

    private HandlerState onPeer(TestFirewall firewall) {
        TableState state = firewall.state("t");
        return state == null ? null : HandlerView.state(state.peer());
    }

    @Test
    void bothSidesSayTheSameOfAHandlerThatIsMissingComesAndGoes() {
        a.handle("t", new FakeHandler());
        eventually("fw-b keeps", () -> here(b) == HandlerState.KEEPING && onPeer(a) == HandlerState.KEEPING);
        assertThat(HandlerView.handler(a.state("t").peer())).isNull();
        assertThat(onPeer(b)).isEqualTo(HandlerState.WORKING);
        assertThat(HandlerView.handler(b.state("t").peer())).isEqualTo(new HandlerStatus("test.t", "1.0", 1, Instant.EPOCH));

        FakeReference<TableHandler> reference = new FakeReference<>(1);
        b.table("t").add(reference, new HandlerInfo(new FakeHandler(), "t", 1, false, false, "test.t", "2.0", Instant.EPOCH));
        eventually("fw-b has a handler", () -> onPeer(a) == HandlerState.WORKING && here(b) == HandlerState.WORKING);
        assertThat(HandlerView.handler(a.state("t").peer()).version()).isEqualTo("2.0");
    }

    @Test
    void aHandlerThatCannotTakeEntriesHasFailedOnBothSides() {
        b.handle("t", new FakeHandler() {

            @Override
            void restored(String key, String value) throws IOException {
                throw new IOException("locked");
            }
        });
        FakeHandler working = new FakeHandler();
        a.handle("t", working);
        eventually("fw-a reports", () -> working.changes != null);
        working.put("k", "v");
        eventually("failed", () -> here(b) == HandlerState.FAILED && onPeer(a) == HandlerState.FAILED);
        assertThat(here(a)).isEqualTo(HandlerState.WORKING);
    }

    @Test
    void aPeerThatDoesNotTellIsKnownByItsSchema() {
        PeerTable peer = new PeerTable(PeerTable.Standing.WORKING, 3, HandlerOrigin.UNKNOWN);
        assertThat(HandlerView.handler(peer)).isEqualTo(new HandlerStatus("", "", 3, null));
    }
}
