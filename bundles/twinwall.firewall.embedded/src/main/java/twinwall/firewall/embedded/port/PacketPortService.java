/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.port;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Hashtable;
import java.util.Map;

import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.settings.Settings;

/**
 * Opens a packet port when there is a configuration. Registers {@link PacketPort} itself, because the port is known only once it is bound.
 */
@Component(immediate = true, service = {}, configurationPid = PacketPort.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = PacketPortService.Config.class)
public final class PacketPortService implements PacketPort {

    private static final String LOOPBACK = "127.0.0.1";
    private static final Logger LOG = System.getLogger("twinwall.firewall.embedded");

    private final PacketPortServer server;
    private final ServiceRegistration<PacketPort> registration;

    @Activate
    public PacketPortService(BundleContext context, @Reference EmbeddedFirewall firewall, Map<String, Object> properties) {
        Settings settings = new Settings(PID, properties, line -> LOG.log(Level.WARNING, line));
        String address = settings.text("address", LOOPBACK);
        server = open(firewall, address, (int) settings.number("port", 0, 65535, 0));
        String file = settings.text("port_file", null);
        if (file != null) {
            tell(Path.of(file));
        }
        Hashtable<String, Object> told = new Hashtable<>();
        told.put(PORT, server.port());
        registration = context.registerService(PacketPort.class, this, told);
        LOG.log(Level.INFO, "Packet port open on " + address + ":" + server.port() + ".");
    }

    private static PacketPortServer open(EmbeddedFirewall firewall, String address, int port) {
        try {
            InetAddress local = InetAddress.getByName(address);
            if (!local.isLoopbackAddress()) {
                LOG.log(Level.WARNING, PID + ": address=" + address + " lets everybody who reaches it send packets through this firewall.");
            }
            return new PacketPortServer(firewall, local, port);
        } catch (IOException e) {
            throw new UncheckedIOException(PID + ": " + address + ":" + port + " cannot be opened. The firewall works without it.", e);
        }
    }

    /** Renamed into place, so that nobody reads half a number. */
    private void tell(Path file) {
        try {
            Path written = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(written, server.port() + "\n");
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.log(Level.ERROR, PID + ": port_file=" + file + " cannot be written, " + e + ". The port is open all the same.");
        }
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public long refused() {
        return server.refused();
    }

    @Override
    public long garbage() {
        return server.garbage();
    }

    @Deactivate
    void close() throws IOException {
        registration.unregister();
        server.close();
    }

    /** The configuration's keys and defaults. Two underscores here are one in the key. */
    @ObjectClassDefinition(name = "Twinwall packet port")
    public @interface Config {

        @AttributeDefinition(description = "Address it listens on. Whoever reaches it can send packets: not for a network with strangers.")
        String address() default LOOPBACK;

        @AttributeDefinition(description = "TCP port; 0: any that is free.")
        int port() default 0;

        @AttributeDefinition(description = "File that the TCP port is written to; empty: none.")
        String port__file() default "";
    }
}
