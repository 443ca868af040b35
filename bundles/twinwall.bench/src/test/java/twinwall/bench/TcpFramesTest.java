/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import twinwall.bench.TcpFrames.Kind;
import twinwall.firewall.SessionState;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.FirewallSettings;
import twinwall.firewall.embedded.Frame;

class TcpFramesTest {

    private final EmbeddedFirewall firewall = new EmbeddedFirewall(FirewallSettings.of(Map.of("forwarding", "true", "clock", "packets",
            "verify_transport_checksums", "true")));
    private final TcpFrames frames = new TcpFrames();

    @Test
    void aFirewallThatChecksEverythingForwardsAWholeConnection() throws Exception {
        for (Kind kind : new Kind[] {Kind.SYN, Kind.SYN_ACK, Kind.ACK, Kind.SERVER_ACK, Kind.ACK}) {
            assertThat(forwarded(kind, 123_456)).as("%s", kind).isTrue();
        }
        assertThat(stateOfTheOnlySession()).isEqualTo(SessionState.ESTABLISHED);
        assertThat(forwarded(Kind.RST, 123_456)).isTrue();
        assertThat(stateOfTheOnlySession()).isEqualTo(SessionState.CLOSED);
    }

    @Test
    void connectionsOfDifferentNumbersAreDifferentSessions() {
        int[] numbers = {0, 1, 59_999, 60_000, 100_000_000, TcpFrames.MOST - 1};
        for (int number : numbers) {
            forwarded(Kind.SYN, number);
        }
        assertThat(firewall.ipv4Sessions().size()).isEqualTo(numbers.length);
    }

    @Test
    void everyKindIsAFrameOfItsOwn() {
        Set<String> seen = new HashSet<>();
        for (Kind kind : Kind.values()) {
            seen.add(Arrays.toString(frames.frame(kind, 7)));
        }
        assertThat(seen).hasSize(Kind.values().length);
    }

    @Test
    void aNumberThatThereIsNotIsRefused() {
        assertThatThrownBy(() -> frames.frame(Kind.SYN, -1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> frames.frame(Kind.SYN, TcpFrames.MOST)).hasMessageContaining(String.valueOf(TcpFrames.MOST));
    }

    private boolean forwarded(Kind kind, int connection) {
        int in = kind.fromClient() ? EmbeddedFirewall.INSIDE : EmbeddedFirewall.OUTSIDE;
        return firewall.process(1_000_000, in, new Frame(frames.frame(kind, connection), 0, TcpFrames.LENGTH)).forwarded();
    }

    private SessionState stateOfTheOnlySession() throws Exception {
        SessionState[] found = new SessionState[1];
        firewall.ipv4Sessions().visit(session -> found[0] = session.state());
        return found[0];
    }
}
