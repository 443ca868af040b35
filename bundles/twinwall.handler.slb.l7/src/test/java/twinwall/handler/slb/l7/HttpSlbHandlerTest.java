/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.slb.l7;

import java.util.List;

import twinwall.firewall.Ip4;
import twinwall.firewall.SlbPersistence;
import twinwall.firewall.SlbPersistence.Kind;
import twinwall.testkit.TableHandlerContract;

class HttpSlbHandlerTest extends TableHandlerContract<SlbPersistence> {

    HttpSlbHandlerTest() {
        super(SlbPersistence.class, HttpSlbHandler::new);
    }

    @Override
    protected List<SlbPersistence> due() {
        return List.of(new SlbPersistence("web", Kind.COOKIE, new byte[16], new Ip4(0x0a00000a), 8080, 1800),
                new SlbPersistence("mail", Kind.TLS_SESSION, new byte[16], new Ip4(0x0a00000b), 993, 60));
    }

    @Override
    protected SlbPersistence changed(SlbPersistence entry) {
        return new SlbPersistence(entry.server(), entry.kind(), entry.idHash(), entry.real(), entry.realPort() + 1,
                entry.remainingSeconds());
    }

    @Override
    protected SlbPersistence softChanged(SlbPersistence entry) {
        return new SlbPersistence(entry.server(), entry.kind(), entry.idHash(), entry.real(), entry.realPort(),
                entry.remainingSeconds() - 1);
    }
}
