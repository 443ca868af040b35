/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.monitor;

import java.util.Map;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import twinwall.group.MonitoredItem;
import twinwall.settings.Settings;
import twinwall.settings.UnusableConfiguration;

/** Monitors whether a host answers. */
@Component(service = {}, configurationPid = ProbeMonitor.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ProbeConfig.class, factory = true)
public final class ProbeMonitor {

    static final String PID = "twinwall.monitor.probe";

    /** Below the time that the engine gives an item, so that a lost probe is told as such. */
    private static final int LONGEST_MILLIS = 4000;

    private final ConfiguredItem item;

    /** Made for each configuration of the factory. */
    @Activate
    public ProbeMonitor(BundleContext context, Map<String, Object> properties) {
        item = ConfiguredItem.offer(context, properties, (settings, folder) -> item(settings));
    }

    static MonitoredItem item(Settings settings) throws UnusableConfiguration {
        String host = settings.needed("host", "an address or a name");
        int timeout = (int) settings.number("timeout_ms", 10, LONGEST_MILLIS, 1000);
        String port = settings.text("port", null);
        Probe probe;
        if (port == null) {
            probe = new EchoProbe(host, timeout);
        } else if (port.matches("[0-9]{1,5}") && Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= 65535) {
            probe = new ConnectProbe(host, Integer.parseInt(port), timeout);
        } else {
            throw settings.unusable("port", port, "1 to 65535, or absent for ICMP");
        }
        return new DampedItem("probe " + Settings.instance(settings.pid(), host), probe::failure, settings, 3);
    }

    @Deactivate
    void close() {
        item.close();
    }
}
