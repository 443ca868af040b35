/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import twinwall.firewall.ConfirmReport;
import twinwall.firewall.FirewallCommand;
import twinwall.firewall.FirewallCounter;
import twinwall.firewall.ServerTls;
import twinwall.group.DropFolder;
import twinwall.group.HotStandbyGroup;
import twinwall.settings.Settings;

/**
 * Serves the management API while the bundle is active. Registers itself with the property {@code twinwall.management.url}.
 * A port that is taken leaves the API off and everything else running.
 */
@Component(service = {}, configurationPid = ManagementApi.PID)
@Designate(ocd = ManagementApi.Config.class)
public final class ManagementApi {

    /** Where the settings are. */
    public static final String PID = "twinwall.management";

    private static final System.Logger LOG = System.getLogger(PID);
    private static final String LOOPBACK = "127.0.0.1";

    private final AtomicReference<HotStandbyGroup> group = new AtomicReference<>();
    private final AtomicReference<ConfirmReport> confirm = new AtomicReference<>();
    private final AtomicReference<DropFolder> dropFolder = new AtomicReference<>();
    private final NamedServices<FirewallCommand> commands = new NamedServices<>(FirewallCommand.COMMAND);
    private final NamedServices<FirewallCounter> counters = new NamedServices<>(FirewallCounter.COUNTER);
    private final EndpointTls tls;
    private final HttpApi http;

    /** Settings of PID {@code twinwall.management}. A double underscore here is a single one in the setting. */
    @ObjectClassDefinition(name = "Twinwall management API")
    @interface Config {

        @AttributeDefinition(description = "Address to listen on. Only loopback, unless allow_remote.")
        String address() default LOOPBACK;

        @AttributeDefinition(description = "Allows an address that is not loopback."
            + " Without tls_certificate the token crosses the network in plain text.")
        boolean allow__remote() default false;

        @AttributeDefinition(description = "Names, separated by commas, that clients may use for this firewall besides IP addresses;"
            + " only with allow_remote.")
        String host__names() default "";

        @AttributeDefinition(description = "Name of the firewall's certificate to serve HTTPS with; plain HTTP when empty.")
        String tls__certificate() default "";

        @AttributeDefinition(description = "Name of the authority that client certificates must come from; none are asked for when empty.")
        String client__ca() default "";

        @AttributeDefinition(description = "Refuse clients without a certificate. true when client_ca is set, unless said otherwise.")
        boolean require__client__certificate() default false;

        @AttributeDefinition(description = "Refuse client certificates while no valid revocation list of their issuer is held.")
        boolean require__crl() default true;

        @AttributeDefinition(description = "TCP port, 0 to 65535; 0 takes any free one.")
        int port() default 7480;

        @AttributeDefinition(description = "File to write the port in use to; none when empty. Relative to twinwall.config.dir.")
        String port__file() default "";

        @AttributeDefinition(description = "File with the bearer token, readable by its owner only. Relative to twinwall.config.dir.")
        String token__file() default "token";

        @AttributeDefinition(description = "How long a command may take before the answer is 504, in ms, 1000 to 600000.")
        int command__timeout__ms() default 60_000;
    }

    /** Starts to serve. */
    @Activate
    public ManagementApi(BundleContext context, Map<String, Object> properties) {
        Settings settings = new Settings(PID, properties, line -> LOG.log(Level.WARNING, line));
        Path folder = Path.of(context.getProperty("twinwall.config.dir") == null ? "" : context.getProperty("twinwall.config.dir"));
        EndpointTls endpoint = null;
        HttpApi api = null;
        try {
            endpoint = EndpointTls.from(settings);
            api = serve(settings, folder.toAbsolutePath(), endpoint);
        } catch (IllegalArgumentException e) {
            LOG.log(Level.ERROR, PID + ": " + e.getMessage() + ". The management API is off until then; the firewall goes on.");
        }
        tls = endpoint;
        http = api;
        if (http != null) {
            context.registerService(ManagementApi.class, this, new Hashtable<>(Map.of("twinwall.management.url", http.url())));
            LOG.log(Level.INFO, "Listening on " + http.url());
        }
    }

    private HttpApi serve(Settings settings, Path folder, EndpointTls endpoint) {
        boolean remote = settings.flag("allow_remote", false);
        InetAddress address = address(settings, remote, endpoint != null);
        int port = (int) settings.number("port", 0, 65535, 7480);
        Path token = folder.resolve(settings.text("token_file", "token"));
        Duration patience = Duration.ofMillis(settings.number("command_timeout_ms", 1000, 600_000, 60_000));
        Set<String> names = remote ? names(settings.text("host_names", "")) : Set.of();
        Routes routes = new Routes(new GroupPages(group::get, counters::byName, confirm::get, patience),
            new FirewallPages(commands::byName), new DeployPages(dropFolder::get));
        try {
            HttpApi api = new HttpApi(new InetSocketAddress(address, port), routes, new AccessToken(token), new HostCheck(remote, names),
                endpoint);
            writePort(settings.text("port_file", ""), folder, api.port());
            return api;
        } catch (IOException e) {
            LOG.log(Level.ERROR, "The management API cannot listen on " + address.getHostAddress() + ":" + port + ": " + e.getMessage()
                + ". It is off; the firewall goes on. Free the port, or set another port in " + PID + ".cfg: that is read at once.");
            return null;
        }
    }

    private static InetAddress address(Settings settings, boolean remote, boolean confidential) {
        String text = settings.text("address", LOOPBACK);
        try {
            InetAddress address = InetAddress.getByName(text);
            if (address.isLoopbackAddress()) {
                return address;
            }
            if (remote) {
                if (!confidential) {
                    LOG.log(Level.WARNING, "Listening on " + text + " without TLS: whoever sees the traffic has the token."
                        + " Set tls_certificate, or prefer loopback and an SSH tunnel.");
                }
                return address;
            }
            settings.complain("address", text, "a loopback address unless allow_remote=true", LOOPBACK);
        } catch (UnknownHostException e) {
            settings.complain("address", text, "an address of this machine", LOOPBACK);
        }
        return InetAddress.getLoopbackAddress();
    }

    private static Set<String> names(String list) {
        return Arrays.stream(list.split(",")).map(String::strip).filter(name -> !name.isEmpty()).collect(Collectors.toSet());
    }

    private static void writePort(String file, Path folder, int port) {
        if (file.isEmpty()) {
            return;
        }
        try {
            Path unfinished = folder.resolve(file + ".new");
            Files.writeString(unfinished, port + "\n");
            Files.move(unfinished, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The port " + port + " cannot be written to port_file=" + folder.resolve(file) + ": " + e);
        }
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void addGroup(HotStandbyGroup added) {
        group.set(added);
    }

    /** The replacement may have been added already: only what is removed is forgotten. */
    void removeGroup(HotStandbyGroup removed) {
        group.compareAndSet(removed, null);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void addConfirm(ConfirmReport added) {
        confirm.set(added);
    }

    void removeConfirm(ConfirmReport removed) {
        confirm.compareAndSet(removed, null);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void addFolder(DropFolder added) {
        dropFolder.set(added);
    }

    void removeFolder(DropFolder removed) {
        dropFolder.compareAndSet(removed, null);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, target = "(firewall.command=*)")
    void addCommand(ServiceReference<FirewallCommand> reference, FirewallCommand command) {
        commands.add(reference, command);
    }

    void removeCommand(ServiceReference<FirewallCommand> reference) {
        commands.remove(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, target = "(firewall.counter=*)")
    void addCounter(ServiceReference<FirewallCounter> reference, FirewallCounter counter) {
        counters.add(reference, counter);
    }

    void removeCounter(ServiceReference<FirewallCounter> reference) {
        counters.remove(reference);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void addServerTls(ServerTls added) {
        if (tls != null) {
            tls.add(added);
        }
    }

    void removeServerTls(ServerTls removed) {
        if (tls != null) {
            tls.remove(removed);
        }
    }

    @Deactivate
    void stop() {
        if (http != null) {
            http.close();
        }
    }
}
