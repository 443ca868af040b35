/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.nat.car;

import java.util.List;

import twinwall.firewall.CarPlace;
import twinwall.firewall.Ip4;
import twinwall.testkit.TableHandlerContract;

class CarNatHandlerTest extends TableHandlerContract<CarPlace> {

    CarNatHandlerTest() {
        super(CarPlace.class, CarNatHandler::new);
    }

    @Override
    protected List<CarPlace> due() {
        return List.of(place(1, 0), place(2, 1));
    }

    @Override
    protected CarPlace changed(CarPlace entry) {
        return new CarPlace(entry.vsys(), entry.pool(), entry.outside(), entry.inside(), entry.place() + 7, entry.sessions(),
                entry.remainingSeconds());
    }

    @Override
    protected CarPlace softChanged(CarPlace entry) {
        return new CarPlace(entry.vsys(), entry.pool(), entry.outside(), entry.inside(), entry.place(), entry.sessions() + 1, 17);
    }

    private static CarPlace place(int client, int place) {
        return new CarPlace(0, 0, new Ip4(0xcb007105), new Ip4(0x0a000000 + client), place, 3, 300);
    }
}
