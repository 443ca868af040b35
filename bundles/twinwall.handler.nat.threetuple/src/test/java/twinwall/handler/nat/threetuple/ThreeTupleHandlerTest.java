/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.nat.threetuple;

import java.util.List;

import twinwall.firewall.Ip4;
import twinwall.firewall.ThreeTupleBinding;
import twinwall.testkit.TableHandlerContract;

class ThreeTupleHandlerTest extends TableHandlerContract<ThreeTupleBinding> {

    ThreeTupleHandlerTest() {
        super(ThreeTupleBinding.class, ThreeTupleHandler::new);
    }

    @Override
    protected List<ThreeTupleBinding> due() {
        return List.of(binding(17, 5000, 5000, 300), binding(6, 4000, 40000, 299));
    }

    @Override
    protected List<ThreeTupleBinding> notDue() {
        return List.of(binding(1, 77, 77, 300));
    }

    @Override
    protected ThreeTupleBinding changed(ThreeTupleBinding entry) {
        return binding(entry.protocol(), entry.insidePort(), entry.outsidePort() + 1, entry.remainingSeconds());
    }

    @Override
    protected ThreeTupleBinding softChanged(ThreeTupleBinding entry) {
        return binding(entry.protocol(), entry.insidePort(), entry.outsidePort(), entry.remainingSeconds() - 1);
    }

    private static ThreeTupleBinding binding(int protocol, int insidePort, int outsidePort, int remainingSeconds) {
        return new ThreeTupleBinding(0, protocol, new Ip4(0x0a000001), insidePort, new Ip4(0xcb007105), outsidePort, 0, remainingSeconds);
    }
}
