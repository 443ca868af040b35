/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.service;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;

import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.ConfirmReport;
import twinwall.firewall.FirewallCommand;
import twinwall.firewall.FirewallCounter;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.ServerTls;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.spi.LocalTable;

/** Registers every table of the firewall, every command, every counter and its TLS as services, for as long as that firewall lives. */
@Component(immediate = true, service = {})
public final class FirewallServices {

    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    @Activate
    public FirewallServices(BundleContext context, @Reference EmbeddedFirewall firewall) {
        firewall.tables().forEach((type, table) -> register(context, FirewallTable.class, table, FirewallTable.TABLE, type));
        firewall.localTables().forEach(table -> register(context, LocalTable.class, table, "backup.table.type", table.type()));
        firewall.commands().forEach(command ->
                register(context, FirewallCommand.class, command, FirewallCommand.COMMAND, command.name()));
        firewall.refusals().forEach(counter ->
                register(context, FirewallCounter.class, counter, FirewallCounter.COUNTER, counter.name()));
        registrations.add(context.registerService(ConfirmReport.class, firewall::confirmStatus, null));
        registrations.add(context.registerService(ServerTls.class, firewall.serverTls(), null));
    }

    private <S> void register(BundleContext context, Class<S> service, S implementation, String property, String value) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(property, value);
        registrations.add(context.registerService(service, implementation, properties));
    }

    @Deactivate
    void stop() {
        registrations.forEach(ServiceRegistration::unregister);
    }
}
