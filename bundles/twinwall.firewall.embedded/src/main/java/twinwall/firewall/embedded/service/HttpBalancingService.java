/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.service;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.slb.l7.HttpListeners;

/** Listens for the firewall's virtual servers for HTTP and TLS as long as that firewall lives, also on a standby, which refuses. */
@Component(immediate = true, service = {})
public final class HttpBalancingService {

    private final HttpListeners listeners;

    @Activate
    public HttpBalancingService(@Reference EmbeddedFirewall firewall) {
        listeners = HttpListeners.start(firewall.httpBalancing(), firewall.serverTls());
    }

    @Deactivate
    void stop() {
        listeners.close();
    }
}
