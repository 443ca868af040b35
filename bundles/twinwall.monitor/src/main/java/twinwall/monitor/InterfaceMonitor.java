/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.monitor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import twinwall.group.MonitoredItem;
import twinwall.settings.Settings;
import twinwall.settings.UnusableConfiguration;

/** Monitors whether a network interface is up and has carrier. */
@Component(service = {}, configurationPid = InterfaceMonitor.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = InterfaceConfig.class, factory = true)
public final class InterfaceMonitor {

    static final String PID = "twinwall.monitor.interface";

    private static final Path LINUX = Path.of("/sys/class/net");

    private final ConfiguredItem item;

    /** Made for each configuration of the factory. */
    @Activate
    public InterfaceMonitor(BundleContext context, Map<String, Object> properties) {
        item = ConfiguredItem.offer(context, properties, (settings, folder) -> item(settings,
            Files.isDirectory(LINUX) ? new LinuxInterfaces(LINUX)::failure : JavaInterfaces::failure));
    }

    /** An item that asks what is wrong with the interface of a name; empty when nothing is. */
    static MonitoredItem item(Settings settings, Function<String, String> failure) throws UnusableConfiguration {
        String name = settings.needed("interface", "the name of a network interface");
        // The name becomes part of a path.
        if (!name.matches("[A-Za-z0-9_.:@-]{1,15}") || name.matches("\\.+")) {
            throw settings.unusable("interface", name, "the name of a network interface, at most 15 letters, digits and _.:@-");
        }
        return new DampedItem("interface " + name, () -> failure.apply(name), settings, 1);
    }

    @Deactivate
    void close() {
        item.close();
    }
}
