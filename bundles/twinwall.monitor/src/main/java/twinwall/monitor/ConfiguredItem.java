/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.monitor;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Map;

import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import twinwall.group.MonitoredItem;
import twinwall.settings.Settings;
import twinwall.settings.UnusableConfiguration;

/** The item of one configuration: a service, unless its settings cannot work. */
final class ConfiguredItem implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("twinwall.monitor");

    private final ServiceRegistration<MonitoredItem> registration;

    private ConfiguredItem(ServiceRegistration<MonitoredItem> registration) {
        this.registration = registration;
    }

    /** Makes an item of settings. */
    @FunctionalInterface
    interface Kind {

        /**
         * Makes it; nothing is looked at yet.
         *
         * @param folder where relative paths begin
         * @throws UnusableConfiguration when there is none that it could be
         */
        MonitoredItem of(Settings settings, Path folder) throws UnusableConfiguration;
    }

    static ConfiguredItem offer(BundleContext context, Map<String, Object> properties, Kind kind) {
        String pid = String.valueOf(properties.get("service.pid"));
        String folder = context.getProperty("twinwall.config.dir");
        MonitoredItem item = make(kind, new Settings(pid, properties, line -> LOG.log(Level.WARNING, line)),
            Path.of(folder == null ? "" : folder));
        return new ConfiguredItem(item == null ? null : context.registerService(MonitoredItem.class, item, null));
    }

    /** Null when the settings cannot work. */
    static MonitoredItem make(Kind kind, Settings settings, Path folder) {
        try {
            return kind.of(settings, folder);
        } catch (UnusableConfiguration e) {
            LOG.log(Level.ERROR, e.getMessage() + " This item is not monitored and has no vote; the others are not affected.");
            return null;
        }
    }

    @Override
    public void close() {
        if (registration != null) {
            registration.unregister();
        }
    }
}
