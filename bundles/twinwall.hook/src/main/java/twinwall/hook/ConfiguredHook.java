/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.hook;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Map;

import org.osgi.framework.BundleContext;
import twinwall.group.RoleChange;
import twinwall.settings.Settings;
import twinwall.settings.UnusableConfiguration;

/** The hook of one configuration. It is there even when its settings cannot work, and then it does nothing. */
final class ConfiguredHook implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("twinwall.hook");

    /** Less than a firewall that stops waits for its bundles. */
    private static final long FAREWELL_MILLIS = 5000;

    private final HookThread thread;

    private ConfiguredHook(HookThread thread) {
        this.thread = thread;
    }

    /** Makes a hook of settings. */
    @FunctionalInterface
    interface Kind {

        /**
         * Makes it; nothing is done yet.
         *
         * @param folder where relative paths begin
         * @throws UnusableConfiguration when there is none that it could be
         */
        Hook of(Settings settings, Path folder) throws UnusableConfiguration;
    }

    static ConfiguredHook start(BundleContext context, Map<String, Object> properties, Kind kind) {
        String pid = String.valueOf(properties.get("service.pid"));
        String folder = context.getProperty("twinwall.config.dir");
        Hook hook = make(kind, new Settings(pid, properties, line -> LOG.log(Level.WARNING, line)), Path.of(folder == null ? "" : folder));
        return new ConfiguredHook(hook == null ? null
            : new HookThread(Settings.instance(pid, "hook"), hook, new LocalGroup(context), FAREWELL_MILLIS));
    }

    /** Null when the settings cannot work. */
    static Hook make(Kind kind, Settings settings, Path folder) {
        try {
            return kind.of(settings, folder);
        } catch (UnusableConfiguration e) {
            LOG.log(Level.ERROR, e.getMessage() + " This hook does nothing; the role and other hooks are not affected.");
            return null;
        }
    }

    void tell(RoleChange change) {
        if (thread != null) {
            thread.tell(change);
        }
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.close();
        }
    }
}
