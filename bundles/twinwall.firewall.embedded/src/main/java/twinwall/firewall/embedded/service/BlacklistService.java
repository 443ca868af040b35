/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.service;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.BlacklistEntry;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.embedded.EmbeddedFirewall;

/** Table {@code blacklist} as a service. */
@Component(service = FirewallTable.class, property = FirewallTable.TABLE + "=blacklist")
public final class BlacklistService extends TableService<BlacklistEntry> {

    @Activate
    public BlacklistService(@Reference EmbeddedFirewall firewall) {
        super(firewall.blacklistEntries());
    }
}
