/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.nat.dslite;

import java.util.List;

import twinwall.firewall.DsLiteBinding;
import twinwall.firewall.Ip4;
import twinwall.firewall.Ip6;
import twinwall.testkit.TableHandlerContract;

class DsLiteHandlerTest extends TableHandlerContract<DsLiteBinding> {

    DsLiteHandlerTest() {
        super(DsLiteBinding.class, DsLiteHandler::new);
    }

    @Override
    protected List<DsLiteBinding> due() {
        return List.of(binding(17, 5000, 5000, 120), binding(6, 4000, 40000, 119));
    }

    @Override
    protected List<DsLiteBinding> notDue() {
        return List.of(binding(1, 77, 77, 120));
    }

    @Override
    protected DsLiteBinding changed(DsLiteBinding entry) {
        return binding(entry.protocol(), entry.insidePort(), entry.outsidePort() + 1, entry.remainingSeconds());
    }

    @Override
    protected DsLiteBinding softChanged(DsLiteBinding entry) {
        return binding(entry.protocol(), entry.insidePort(), entry.outsidePort(), entry.remainingSeconds() - 1);
    }

    private static DsLiteBinding binding(int protocol, int insidePort, int outsidePort, int remainingSeconds) {
        return new DsLiteBinding(0, new Ip6(0x20010db800000000L, 2), protocol, new Ip4(0x0a000001), insidePort, new Ip4(0xc0000201),
                outsidePort, remainingSeconds);
    }
}
