/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import twinwall.link.HeartbeatLink;
import twinwall.link.LinkReport;
import twinwall.link.LinkUser;
import twinwall.settings.Settings;
import twinwall.settings.UnusableConfiguration;

/** The link of one configuration. It is there even when the configuration cannot work, and then its report says why. */
@Component(configurationPid = LinkSettings.PID, configurationPolicy = ConfigurationPolicy.REQUIRE, immediate = true)
@Designate(ocd = LinkConfig.class, factory = true)
public final class LinkService implements HeartbeatLink {

    private static final Logger LOG = System.getLogger("twinwall.link.netty");

    private final HeartbeatLink link;
    private final AtomicReference<AutoCloseable> opened = new AtomicReference<>();

    /** Reads the configuration and the files that it names. */
    @Activate
    public LinkService(BundleContext context, @Reference EventLoops loops, Map<String, Object> properties) {
        String folder = context.getProperty("twinwall.config.dir");
        this.link = make(properties, Path.of(folder == null ? "" : folder), loops);
    }

    static HeartbeatLink make(Map<String, ?> properties, Path folder, EventLoops loops) {
        String pid = properties.get("service.pid") instanceof String text ? text : LinkSettings.PID;
        try {
            LinkSettings settings = LinkSettings.read(pid, properties, folder, line -> LOG.log(Level.WARNING, line));
            return new NettyLink(settings, loops.group());
        } catch (UnusableConfiguration unusable) {
            String name = properties.get("name") instanceof String text && !text.isBlank() ? text.strip() : Settings.instance(pid, "link");
            String why = unusable.getMessage();
            LOG.log(Level.ERROR, "Link '" + name + "' (" + pid + ") is not used: " + why + " Other links are not affected.");
            return new UnusableLink(name, LinkSettings.order(pid, properties), why);
        }
    }

    @Override
    public String name() {
        return link.name();
    }

    @Override
    public int order() {
        return link.order();
    }

    @Override
    public boolean heartbeatOnly() {
        return link.heartbeatOnly();
    }

    @Override
    public AutoCloseable open(LinkUser user) {
        AutoCloseable handle = link.open(user);
        opened.set(handle);
        return () -> {
            try {
                handle.close();
            } finally {
                // Else this service would keep a user that is gone, and all that it knows.
                opened.compareAndSet(handle, null);
            }
        };
    }

    @Override
    public LinkReport report() {
        return link.report();
    }

    @Deactivate
    void close() throws Exception {
        AutoCloseable handle = opened.getAndSet(null);
        if (handle != null) {
            handle.close();
        }
    }
}
