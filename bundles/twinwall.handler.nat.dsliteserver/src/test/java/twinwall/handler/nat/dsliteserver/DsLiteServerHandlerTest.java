/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.nat.dsliteserver;

import java.util.List;

import twinwall.firewall.DsLiteServer;
import twinwall.firewall.Ip4;
import twinwall.firewall.Ip6;
import twinwall.testkit.TableHandlerContract;

class DsLiteServerHandlerTest extends TableHandlerContract<DsLiteServer> {

    DsLiteServerHandlerTest() {
        super(DsLiteServer.class, DsLiteServerHandler::new);
    }

    @Override
    protected List<DsLiteServer> due() {
        return List.of(server(6, 80, 8080), server(17, 53, 53));
    }

    @Override
    protected DsLiteServer changed(DsLiteServer entry) {
        return server(entry.protocol(), entry.insidePort(), entry.outsidePort() + 1);
    }

    @Override
    protected DsLiteServer softChanged(DsLiteServer entry) {
        return entry;
    }

    private static DsLiteServer server(int protocol, int insidePort, int outsidePort) {
        return new DsLiteServer(0, new Ip6(0x20010db800000000L, 2), protocol, new Ip4(0x0a000001), insidePort, new Ip4(0xc0000201),
                outsidePort);
    }
}
