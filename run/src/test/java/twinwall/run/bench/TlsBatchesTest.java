/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import twinwall.firewall.Ipv4Session;

class TlsBatchesTest {

    @Test
    void whatIsWrittenIsReadWithTheWantedBytesPerChange() throws Exception {
        Map<TlsBatches.Ends, Ipv4Session> sessions = new HashMap<>();
        int changes = 0;
        long bytes = 0;
        for (byte[] batch : TlsBatches.make(10, 60)) {
            ByteBuffer from = ByteBuffer.wrap(batch);
            int length = from.getShort() & 0xffff;
            assertThat(length).isEqualTo(from.remaining()).isGreaterThanOrEqualTo(TlsBatches.BATCH_BYTES - 2);
            bytes += length;
            changes += TlsBatches.take(from, sessions);
        }
        assertThat(sessions).hasSize(changes);
        assertThat(bytes / changes).isEqualTo(60);
    }
}
