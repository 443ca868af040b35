/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.nat.nat64;

import java.util.List;

import twinwall.firewall.Ip4;
import twinwall.firewall.Ip6;
import twinwall.firewall.Nat64Binding;
import twinwall.testkit.TableHandlerContract;

class Nat64HandlerTest extends TableHandlerContract<Nat64Binding> {

    Nat64HandlerTest() {
        super(Nat64Binding.class, Nat64Handler::new);
    }

    @Override
    protected List<Nat64Binding> due() {
        return List.of(binding(17, 5000, 5000, 120), binding(6, 4000, 40000, 119));
    }

    @Override
    protected List<Nat64Binding> notDue() {
        return List.of(binding(58, 77, 77, 120));
    }

    @Override
    protected Nat64Binding changed(Nat64Binding entry) {
        return binding(entry.protocol(), entry.insidePort(), entry.outsidePort() + 1, entry.remainingSeconds());
    }

    @Override
    protected Nat64Binding softChanged(Nat64Binding entry) {
        return binding(entry.protocol(), entry.insidePort(), entry.outsidePort(), entry.remainingSeconds() - 1);
    }

    private static Nat64Binding binding(int protocol, int insidePort, int outsidePort, int remainingSeconds) {
        return new Nat64Binding(0, protocol, new Ip6(0x20010db800000000L, 1), insidePort, new Ip4(0xcb007101), outsidePort,
                remainingSeconds);
    }
}
