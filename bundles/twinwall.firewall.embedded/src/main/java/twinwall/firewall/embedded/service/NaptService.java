/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.service;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.NaptMapping;
import twinwall.firewall.embedded.EmbeddedFirewall;

/** Table {@code napt} as a service. */
@Component(service = FirewallTable.class, property = FirewallTable.TABLE + "=napt")
public final class NaptService extends TableService<NaptMapping> {

    @Activate
    public NaptService(@Reference EmbeddedFirewall firewall) {
        super(firewall.naptMappings());
    }
}
