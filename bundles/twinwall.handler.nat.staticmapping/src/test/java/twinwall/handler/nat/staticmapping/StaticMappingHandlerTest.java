/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.nat.staticmapping;

import java.util.List;

import twinwall.firewall.Ip4;
import twinwall.firewall.StaticMapping;
import twinwall.testkit.TableHandlerContract;

class StaticMappingHandlerTest extends TableHandlerContract<StaticMapping> {

    StaticMappingHandlerTest() {
        super(StaticMapping.class, StaticMappingHandler::new);
    }

    @Override
    protected List<StaticMapping> due() {
        return List.of(mapping(0x0a000000, 1024), mapping(0x0a000100, 2048));
    }

    @Override
    protected StaticMapping changed(StaticMapping entry) {
        return mapping(entry.insideFirst().bits(), 4096);
    }

    /** It has none. */
    @Override
    protected StaticMapping softChanged(StaticMapping entry) {
        return entry;
    }

    private static StaticMapping mapping(int inside, int firstPort) {
        return new StaticMapping(0, new Ip4(inside), new Ip4(inside + 255), new Ip4(0xcb007104), new Ip4(0xcb007107), firstPort, 65535);
    }
}
