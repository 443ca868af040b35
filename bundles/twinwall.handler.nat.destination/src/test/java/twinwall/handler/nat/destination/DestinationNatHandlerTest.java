/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.nat.destination;

import java.util.List;

import twinwall.firewall.DestinationBinding;
import twinwall.firewall.Ip4;
import twinwall.testkit.TableHandlerContract;

class DestinationNatHandlerTest extends TableHandlerContract<DestinationBinding> {

    DestinationNatHandlerTest() {
        super(DestinationBinding.class, DestinationNatHandler::new);
    }

    @Override
    protected List<DestinationBinding> due() {
        return List.of(binding(1, 0x0a00000a, 3, 300), binding(2, 0x0a00000b, 0, 120));
    }

    @Override
    protected DestinationBinding changed(DestinationBinding entry) {
        return binding(entry.source().bits() - 0xc6336400, 0x0a00000c, entry.sessions(), entry.remainingSeconds());
    }

    @Override
    protected DestinationBinding softChanged(DestinationBinding entry) {
        return binding(entry.source().bits() - 0xc6336400, entry.real().bits(), entry.sessions() + 1, 17);
    }

    private static DestinationBinding binding(int client, int real, int sessions, int remaining) {
        return new DestinationBinding(0, 1, 17, new Ip4(0xc6336400 + client), new Ip4(0xcb00715a), 53, new Ip4(real), 5353, sessions,
                remaining);
    }
}
