/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.monitor;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import twinwall.settings.Settings;
import twinwall.settings.UnusableConfiguration;

/** Lets keepalived vote: the item works while a VRRP instance is MASTER here. */
@Component(service = {}, configurationPid = KeepalivedMonitor.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = KeepalivedConfig.class, factory = true)
public final class KeepalivedMonitor {

    static final String PID = "twinwall.monitor.keepalived";

    private final ConfiguredItem item;
    private VrrpItem vrrp;

    /** Made for each configuration of the factory. */
    @Activate
    public KeepalivedMonitor(BundleContext context, Map<String, Object> properties) {
        item = ConfiguredItem.offer(context, properties, (settings, folder) -> {
            vrrp = item(settings, folder);
            return vrrp;
        });
    }

    static VrrpItem item(Settings settings, Path folder) throws UnusableConfiguration {
        String fifo = settings.needed("fifo", "the FIFO that keepalived is told as vrrp_notify_fifo");
        String instance = settings.needed("instance", "the name of a VRRP instance");
        VrrpNotice.Kind kind = settings.choice("kind", VrrpNotice.Kind.class, VrrpNotice.Kind.INSTANCE);
        Path file = path(settings, "fifo", fifo, folder);
        Path state = path(settings, "state_file", settings.text("state_file", file + ".state"), folder);
        return new VrrpItem(new NotifyFifo(file), state, kind, instance);
    }

    private static Path path(Settings settings, String key, String text, Path folder) throws UnusableConfiguration {
        try {
            return folder.resolve(text);
        } catch (InvalidPathException e) {
            throw settings.unusable(key, text, "the path of a file");
        }
    }

    @Deactivate
    void close() {
        item.close();
        if (vrrp != null) {
            vrrp.close();
        }
    }
}
