/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.monitor;

import java.nio.file.Path;
import java.util.Map;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import twinwall.group.MonitoredItem;
import twinwall.host.Command;
import twinwall.host.Outcome;
import twinwall.host.Program;
import twinwall.settings.Settings;
import twinwall.settings.UnusableConfiguration;

/** Monitors what a script finds. */
@Component(service = {}, configurationPid = ScriptMonitor.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ScriptConfig.class, factory = true)
public final class ScriptMonitor {

    static final String PID = "twinwall.monitor.script";

    /** Below the time that the engine gives an item, so that the script's own word is heard. */
    private static final int LONGEST_MILLIS = 4000;

    private final ConfiguredItem item;

    /** Made for each configuration of the factory. */
    @Activate
    public ScriptMonitor(BundleContext context, Map<String, Object> properties) {
        item = ConfiguredItem.offer(context, properties, ScriptMonitor::item);
    }

    static MonitoredItem item(Settings settings, Path folder) throws UnusableConfiguration {
        String text = settings.needed("command", "a program with its arguments");
        long timeout = settings.number("timeout_ms", 10, LONGEST_MILLIS, 2000);
        String name = Settings.instance(settings.pid(), "script");
        Map<String, String> environment = Map.of("TWINWALL_ITEM", name, "TWINWALL_TIMEOUT_MS", Long.toString(timeout));
        try {
            Command command = Command.parse(text, folder);
            return new DampedItem("script " + name, () -> failure(command, environment, folder, timeout), settings, 3);
        } catch (IllegalArgumentException e) {
            throw settings.unusable("command", text, "a program that can be run: " + e.getMessage());
        }
    }

    private static String failure(Command command, Map<String, String> environment, Path folder, long timeoutMillis) {
        try {
            Outcome outcome = Program.run(command, environment, folder, timeoutMillis);
            if (outcome.good()) {
                return "";
            }
            // A script that ends says itself what is wrong; of one that does not, that is the failure.
            return outcome.ended() && !outcome.output().isEmpty() ? outcome.output() : outcome.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    @Deactivate
    void close() {
        item.close();
    }
}
