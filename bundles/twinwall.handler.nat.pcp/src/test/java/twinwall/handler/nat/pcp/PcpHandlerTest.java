/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.nat.pcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import twinwall.firewall.Endpoint4;
import twinwall.firewall.Ip4;
import twinwall.firewall.PcpFilter;
import twinwall.firewall.PcpMapping;
import twinwall.firewall.PcpMapping.Opcode;
import twinwall.firewall.PcpNonce;
import twinwall.record.RecordCodec;
import twinwall.testkit.MemoryFirewallTable;
import twinwall.testkit.TableHandlerContract;

class PcpHandlerTest extends TableHandlerContract<PcpMapping> {

    private final RecordCodec<PcpMapping> codec = RecordCodec.of(PcpMapping.class);

    PcpHandlerTest() {
        super(PcpMapping.class, PcpHandler::new);
    }

    @Override
    protected List<PcpMapping> due() {
        return List.of(mapping(Opcode.MAP, Optional.empty(), 2_000_000_000L, 50, 600),
                mapping(Opcode.PEER, Optional.of(new Endpoint4(new Ip4(0xc0000201), 9)), 2_000_000_100L, 51, 700));
    }

    @Override
    protected PcpMapping changed(PcpMapping entry) {
        return mapping(entry.opcode(), entry.remote(), entry.expiresSeconds() + 600, entry.epochSeconds(), entry.remainingSeconds());
    }

    @Override
    protected PcpMapping softChanged(PcpMapping entry) {
        return mapping(entry.opcode(), entry.remote(), entry.expiresSeconds(), entry.epochSeconds() + 1, entry.remainingSeconds() - 1);
    }

    @Test
    void theMappingThatWasRenewedLaterWins() {
        PcpHandler handler = new PcpHandler(new MemoryFirewallTable<>(PcpMapping.class));
        PcpMapping mine = due().get(0);
        assertThat(handler.compare(codec.key(mine), codec.value(changed(mine)), codec.value(mine))).isPositive();
        assertThat(handler.compare(codec.key(mine), codec.value(mine), codec.value(changed(mine)))).isNegative();
    }

    private static PcpMapping mapping(Opcode opcode, Optional<Endpoint4> remote, long expires, long epoch, int remaining) {
        return new PcpMapping(0, opcode, 17, new Ip4(0x0a000005), 5000, remote, new Ip4(0x0a000005), new Ip4(0xcb007101), 7000, 0,
                new PcpNonce(0x0102030405060708L, 9), 600, expires, List.of(new PcpFilter(new Ip4(0xc0000200), 24, 0)), epoch, remaining);
    }
}
