/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.pki.crl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import twinwall.firewall.Crl;
import twinwall.record.RecordCodec;
import twinwall.testkit.MemoryFirewallTable;
import twinwall.testkit.TableHandlerContract;

class CrlHandlerTest extends TableHandlerContract<Crl> {

    private static final Instant ISSUED = Instant.ofEpochSecond(1_700_000_000);

    private final RecordCodec<Crl> codec = RecordCodec.of(Crl.class);

    CrlHandlerTest() {
        super(Crl.class, CrlHandler::new);
    }

    @Override
    protected List<Crl> due() {
        return List.of(part(0, "f", ISSUED, 15 * 1024), part(1, "f", ISSUED, 700));
    }

    @Override
    protected Crl changed(Crl entry) {
        return part(entry.part(), "10", entry.thisUpdate(), entry.bytes().length);
    }

    @Override
    protected Crl softChanged(Crl entry) {
        return entry;
    }

    private static Crl part(int part, String number, Instant issued, int bytes) {
        return new Crl("ab".repeat(32), part, 2, number, issued, Optional.of(issued.plusSeconds(86_400)), new byte[32], new byte[bytes]);
    }

    @Test
    void theNewerListWinsByNumberThenByDate() {
        CrlHandler handler = new CrlHandler(new MemoryFirewallTable<>(Crl.class));
        byte[] key = codec.key(due().get(0));
        byte[] old = codec.value(part(0, "f", ISSUED, 9));
        assertThat(handler.compare(key, codec.value(part(0, "10", ISSUED.minusSeconds(9), 9)), old)).as("16 after 15").isPositive();
        assertThat(handler.compare(key, codec.value(part(0, "f", ISSUED.plusSeconds(9), 9)), old)).isPositive();
        assertThat(handler.compare(key, codec.value(part(0, "", ISSUED, 9)), old)).as("without a number").isNegative();
    }
}
