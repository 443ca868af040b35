/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo.asymmetric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import twinwall.run.pair.PacketPath;

/** A connection whose directions go through different firewalls. */
class HandshakeTest {

    private final List<String> sent = new ArrayList<>();
    private String refuse = "";

    private PacketPath firewall(String name) {
        return (time, side, frame) -> {
            String packet = name + " " + (side == 0 ? "inside" : "outside") + " flags " + frame[14 + 20 + 13];
            sent.add(packet);
            boolean refused = packet.equals(refuse);
            return new PacketPath.Passage(!refused, refused ? "no-session" : "", refused ? -1 : 1 - side, refused ? List.of()
                    : List.of(frame));
        };
    }

    private Attempt connect() throws IOException {
        return new Handshake(firewall("a"), firewall("b")).connect(0);
    }

    @Test
    void theClientUsesOneFirewallAndTheServerTheOther() throws IOException {
        assertThat(connect().established()).isTrue();
        assertThat(sent).containsExactly("a inside flags 2", "b outside flags 18", "a inside flags 16", "a inside flags 16",
                "b outside flags 16");
    }

    @Test
    void aSynAckWithoutASessionHasLostTheRace() throws IOException {
        refuse = "b outside flags 18";
        Attempt attempt = connect();
        assertThat(attempt.lostRace()).isTrue();
        assertThat(attempt.stoppedAt()).isEqualTo("SYN-ACK through FW_B: no-session");
    }

    @Test
    void aSynThatDoesNotComeOutHasNoAnswer() throws IOException {
        refuse = "a inside flags 2";
        Attempt attempt = connect();
        assertThat(attempt.synNanos()).isEqualTo(-1);
        assertThat(attempt.lostRace()).isFalse();
        assertThat(sent).hasSize(1);
    }
}
