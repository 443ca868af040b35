/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.service;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.Ipv6Session;
import twinwall.firewall.embedded.EmbeddedFirewall;

/** Table {@code ipv6-session} as a service. */
@Component(service = FirewallTable.class, property = FirewallTable.TABLE + "=ipv6-session")
public final class Ipv6SessionService extends TableService<Ipv6Session> {

    @Activate
    public Ipv6SessionService(@Reference EmbeddedFirewall firewall) {
        super(firewall.ipv6Sessions());
    }
}
