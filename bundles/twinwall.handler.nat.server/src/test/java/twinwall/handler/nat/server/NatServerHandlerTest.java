/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.nat.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import twinwall.firewall.Ip4;
import twinwall.firewall.NatServer;
import twinwall.record.RecordCodec;
import twinwall.testkit.TableHandlerContract;

class NatServerHandlerTest extends TableHandlerContract<NatServer> {

    NatServerHandlerTest() {
        super(NatServer.class, NatServerHandler::new);
    }

    @Override
    protected List<NatServer> due() {
        return List.of(new NatServer(0, "web", 6, new Ip4(0xcb007150), 80, new Ip4(0x0a000050), 8080, 1, false),
                new NatServer(0, "all", 0, new Ip4(0xcb007151), 0, new Ip4(0x0a000051), 0, 0, true));
    }

    @Override
    protected NatServer changed(NatServer entry) {
        return new NatServer(entry.vsys(), entry.name(), entry.protocol(), entry.global(), entry.globalPort(), new Ip4(0x0a000099),
                entry.insidePort(), entry.ports(), entry.noReverse());
    }

    /** It has none. */
    @Override
    protected NatServer softChanged(NatServer entry) {
        return entry;
    }

    @Test
    void anEntryIsSmallOnTheWire() {
        RecordCodec<NatServer> codec = RecordCodec.of(NatServer.class);
        NatServer entry = due().get(0);
        assertThat(codec.key(entry).length + codec.value(entry).length).isLessThanOrEqualTo(20);
    }
}
