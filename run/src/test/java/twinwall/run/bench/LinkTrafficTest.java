/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;

import org.junit.jupiter.api.Test;

class LinkTrafficTest {

    private static final String SAID = "0 0 127.0.0.1:48512 127.0.0.1:36231\n\t ts sack cubic wscale:10,10 rto:201 rtt:0.05/0.02 mss:1448 "
            + "bytes_sent:7245 bytes_acked:7246 bytes_received:1486 segs_out:90 segs_in:80 data_segs_out:70 send 1Gbps\n";

    @Test
    void bothDirectionsAndTheirHeadersCount() throws IOException {
        LinkTraffic traffic = LinkTraffic.parse(SAID);
        assertThat(traffic).isEqualTo(new LinkTraffic(7245 + 1486, 170, 52));
        assertThat(traffic.total()).isEqualTo(7245 + 1486 + 170 * 52);
    }

    @Test
    void withoutTimestampsHeadersAreShorter() throws IOException {
        assertThat(LinkTraffic.parse(SAID.replace(" ts ", " ")).headerBytes()).isEqualTo(40);
    }

    @Test
    void whatWentBeforeIsTakenOff() throws IOException {
        LinkTraffic traffic = LinkTraffic.parse(SAID);
        assertThat(traffic.minus(new LinkTraffic(731, 70, 52))).isEqualTo(new LinkTraffic(8000, 100, 52));
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> LinkTraffic.parse("bytes_sent:1 bytes_received:1 segs_out:1")).isInstanceOf(IOException.class)
                .hasMessageContaining("segs_in");
    }
}
