/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.nat.nopat;

import java.util.List;

import twinwall.firewall.Ip4;
import twinwall.firewall.NoPatMapping;
import twinwall.testkit.TableHandlerContract;

class NoPatHandlerTest extends TableHandlerContract<NoPatMapping> {

    NoPatHandlerTest() {
        super(NoPatMapping.class, NoPatHandler::new);
    }

    @Override
    protected List<NoPatMapping> due() {
        return List.of(mapping(1, 0xcb007105, 360), mapping(2, 0xcb007106, 12));
    }

    @Override
    protected NoPatMapping changed(NoPatMapping entry) {
        return mapping(entry.inside().bits(), entry.outside().bits() + 8, entry.remainingSeconds());
    }

    @Override
    protected NoPatMapping softChanged(NoPatMapping entry) {
        return mapping(entry.inside().bits(), entry.outside().bits(), entry.remainingSeconds() - 1);
    }

    private static NoPatMapping mapping(int inside, int outside, int remainingSeconds) {
        return new NoPatMapping(0, new Ip4(inside), new Ip4(outside), 0, remainingSeconds);
    }
}
