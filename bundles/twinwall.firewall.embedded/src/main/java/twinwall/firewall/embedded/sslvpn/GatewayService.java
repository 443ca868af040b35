/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.sslvpn;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.lists.Prefix;

/** Runs the SSL VPN gateway when the settings name one and a port. When it cannot run, the firewall works without it. */
@Component(immediate = true, service = {})
public final class GatewayService {

    private static final Logger LOG = System.getLogger("twinwall.firewall.embedded");

    private final GatewayServer server;

    /** Opens the port. */
    @Activate
    public GatewayService(@Reference EmbeddedFirewall firewall) {
        SslVpnSettings settings = firewall.settings().sslVpn();
        server = settings.enabled() && settings.port() > 0 ? open(settings, firewall.sslVpn()) : null;
    }

    private static GatewayServer open(SslVpnSettings settings, SslVpn gateway) {
        try {
            GatewayServer opened = new GatewayServer(new InetSocketAddress(Prefix.address(settings.address()), settings.port()),
                    ServerKeys.context(settings), new GatewayPages(settings, gateway));
            LOG.log(Level.INFO, "SSL VPN gateway " + settings.gateway() + " on https://" + settings.address() + ":" + opened.port() + ".");
            return opened;
        } catch (IOException e) {
            LOG.log(Level.ERROR, "SSL VPN gateway " + settings.gateway() + " is off: " + e.getMessage()
                    + ". The firewall works without it. Then change a setting, or start again.");
            return null;
        }
    }

    /** Closes the port. */
    @Deactivate
    void close() {
        if (server != null) {
            server.close();
        }
    }
}
