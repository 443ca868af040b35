/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.service;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.Ipv4Session;
import twinwall.firewall.embedded.EmbeddedFirewall;

/** Table {@code ipv4-session} as a service. */
@Component(service = FirewallTable.class, property = FirewallTable.TABLE + "=ipv4-session")
public final class Ipv4SessionService extends TableService<Ipv4Session> {

    @Activate
    public Ipv4SessionService(@Reference EmbeddedFirewall firewall) {
        super(firewall.ipv4Sessions());
    }
}
