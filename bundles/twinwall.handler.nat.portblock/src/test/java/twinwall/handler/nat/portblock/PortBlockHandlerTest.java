/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.nat.portblock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import twinwall.firewall.Ip4;
import twinwall.firewall.PortBlocks;
import twinwall.record.RecordCodec;
import twinwall.testkit.TableHandlerContract;

class PortBlockHandlerTest extends TableHandlerContract<PortBlocks> {

    PortBlockHandlerTest() {
        super(PortBlocks.class, PortBlockHandler::new);
    }

    @Override
    protected List<PortBlocks> due() {
        return List.of(blocks(1, List.of(2048)), blocks(2, List.of(2304, 65280)));
    }

    @Override
    protected PortBlocks changed(PortBlocks entry) {
        return new PortBlocks(entry.vsys(), entry.pool(), entry.subscriber(), entry.half(), entry.outside(), entry.blockPorts(),
                List.of(2048, 4096, 8192), entry.createdSeconds(), entry.sessions(), entry.remainingSeconds());
    }

    @Override
    protected PortBlocks softChanged(PortBlocks entry) {
        return new PortBlocks(entry.vsys(), entry.pool(), entry.subscriber(), entry.half(), entry.outside(), entry.blockPorts(),
                entry.firstPorts(), entry.createdSeconds(), entry.sessions() + 1, 17);
    }

    @Test
    void anEntryWithOneBlockIsSmallOnTheWire() {
        RecordCodec<PortBlocks> codec = RecordCodec.of(PortBlocks.class);
        PortBlocks entry = due().get(0);
        assertThat(codec.key(entry).length + codec.value(entry).length + codec.soft(entry).length).isLessThanOrEqualTo(24);
    }

    private static PortBlocks blocks(int subscriber, List<Integer> firstPorts) {
        return new PortBlocks(0, 0, new Ip4(0x0a000000 + subscriber), 1, new Ip4(0xcb007105), 256, firstPorts, 1_700_000_000L, 3, 600);
    }
}
