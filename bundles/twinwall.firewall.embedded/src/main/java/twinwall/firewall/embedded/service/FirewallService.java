/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import twinwall.firewall.SessionOwner;
import twinwall.firewall.embedded.Clock;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.FirewallSettings;
import twinwall.firewall.embedded.aaa.UserSettings;
import twinwall.firewall.embedded.redirect.PeerTraffic;
import twinwall.firewall.embedded.slb.HealthChecks;
import twinwall.firewall.embedded.slb.Probe;
import twinwall.firewall.embedded.slb.SlbSettings;
import twinwall.group.ForwardingLease;
import twinwall.group.GroupStatus;
import twinwall.group.HotStandbyGroup;
import twinwall.group.PeerMessageListener;
import twinwall.group.PeerMessages;
import twinwall.group.RoleChange;
import twinwall.group.RoleListener;
import twinwall.settings.Settings;

/**
 * The embedded firewall as a service, with or without a configuration. It forwards in the roles that forward. A new configuration makes
 * a new firewall with empty tables, which the peer fills again.
 */
@Component(immediate = true, service = {EmbeddedFirewall.class, RoleListener.class, PeerMessageListener.class},
        property = PeerMessageListener.TOPIC + "=" + PeerTraffic.TOPIC, configurationPid = FirewallSettings.PID)
@Designate(ocd = FirewallConfig.class)
public final class FirewallService extends EmbeddedFirewall implements RoleListener, PeerMessageListener {

    private static final Logger LOG = System.getLogger("twinwall.firewall.embedded");
    private static final long TICK_MILLIS = 100;

    private final AtomicReference<ForwardingLease> lease = new AtomicReference<>();
    private final ScheduledExecutorService ticker;
    private final HealthChecks checks;
    private final WaitTimer waits;
    private final WaitTimer peerPackets;
    private final AtomicReference<PeerMessages> messages = new AtomicReference<>();
    private final BundleContext context;
    private boolean identified;

    @Activate
    public FirewallService(BundleContext context, Map<String, Object> properties) {
        this(FirewallSettings.from(new Settings(FirewallSettings.PID, inFolder(context, properties),
                line -> LOG.log(Level.WARNING, line))), context);
    }

    private FirewallService(FirewallSettings settings, BundleContext context) {
        super(settings, SystemTime::micros);
        this.context = context;
        waits = settings.confirm().on() ? new WaitTimer("waits", this::releaseOverdue) : null;
        if (waits != null) {
            alarm(waits::alarm);
        }
        peerPackets = new WaitTimer("peer-packets", peerTraffic()::send);
        peerTraffic().alarm(peerPackets::alarm);
        boolean live = settings.clock() == Clock.SYSTEM;
        ticker = live ? startTicker() : null;
        Probe probe = live ? settings.slb().newProbe() : null;
        checks = probe == null ? null : startChecks(probe, settings.slb());
    }

    private HealthChecks startChecks(Probe probe, SlbSettings settings) {
        HealthChecks started = new HealthChecks(this::realServers, this::forwarding, probe, settings.probeMisses())
                .start(settings.probeIntervalSeconds());
        health(started);
        return started;
    }

    /** Files that settings name are looked for in the config folder. */
    private static Map<String, Object> inFolder(BundleContext context, Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        String folder = context.getProperty(UserSettings.FOLDER);
        all.put(UserSettings.FOLDER, folder == null ? "" : folder);
        return all;
    }

    private ScheduledExecutorService startTicker() {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "twinwall.firewall.embedded-ticker");
            thread.setDaemon(true);
            return thread;
        });
        executor.scheduleWithFixedDelay(() -> tick(SystemTime.micros()), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
        return executor;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void addLease(ForwardingLease engine) {
        lease.set(engine);
        lease(engine::valid);
    }

    void removeLease(ForwardingLease engine) {
        // Another engine may have been bound before. Without one nobody takes over: whoever says that it shall forward is believed.
        if (lease.compareAndSet(engine, null)) {
            lease(() -> true);
        }
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void addMessages(PeerMessages engine) {
        messages.set(engine);
        peerTraffic().link(message -> engine.send(PeerTraffic.TOPIC, message));
    }

    void removeMessages(PeerMessages engine) {
        if (messages.compareAndSet(engine, null)) {
            peerTraffic().link(message -> false);
        }
    }

    @Override
    public void message(byte[] message) {
        peerTraffic().message(message);
    }

    @Override
    public void handedOver() {
        peerTraffic().handedOver();
    }

    @Override
    public void roleChanged(RoleChange change) {
        boolean before = forwarding();
        boolean handsOver = before && change.handsOver() && !change.to().forwards();
        if (handsOver) {
            peerTraffic().handsOver();
        }
        if (!identified) {
            identified = identify();
        }
        setForwarding(change.to().forwards(), change.share());
        if (!handsOver) {
            peerTraffic().roleChanged();
        }
        if (before != forwarding()) {
            int sessions = ipv4Sessions().size() + ipv6Sessions().size();
            LOG.log(Level.INFO, (before ? "Forwards no more, with " : "Forwards now, with ") + sessions + " sessions in its tables.");
        }
    }

    /** Whose the sessions are that begin here, the group's names tell; the group itself has told the role. */
    private boolean identify() {
        ServiceReference<HotStandbyGroup> reference = context.getServiceReference(HotStandbyGroup.class);
        HotStandbyGroup group = reference == null ? null : context.getService(reference);
        if (group == null) {
            return false;
        }
        try {
            GroupStatus status = group.status();
            identify(status.firewall().compareTo(status.peer().firewall()) < 0 ? SessionOwner.FIRST : SessionOwner.SECOND);
            return true;
        } finally {
            context.ungetService(reference);
        }
    }

    @Deactivate
    void stop() {
        setForwarding(false);
        peerPackets.close();
        if (waits != null) {
            waits.close();
        }
        if (ticker != null) {
            ticker.shutdownNow();
        }
        if (checks != null) {
            checks.close();
        }
    }
}
