/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.local;

import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.function.Predicate;

import twinwall.firewall.FirewallCommand;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.Part;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.rule.Zone;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.session.Flow;
import twinwall.spi.LocalTable;

/** The tables that are not backed up by design. Used under the firewall's lock only, but for what {@link #shown} gives. */
public final class LocalTables implements Part {

    private final FirewallTime time;
    private final Routes routes;
    private final Bandwidth bandwidth;
    private final L2tp l2tp;
    private final Gre gre;
    private final ContentSecurity content;
    private final List<LocalTable> shown;

    /**
     * Empty tables.
     *
     * @param here whether a session is still in the session table
     */
    public LocalTables(LocalSettings settings, Lock lock, FirewallTime time, Predicate<Flow> here) {
        this.time = time;
        routes = new Routes(lock, settings.maxRoutes());
        bandwidth = new Bandwidth(settings.kilobits(), settings.burst(), settings.most());
        l2tp = new L2tp(settings.most());
        Dsvpn dsvpn = new Dsvpn(settings.most());
        gre = new Gre(settings.most(), dsvpn);
        content = new ContentSecurity(Signatures.parse(settings.signatures()), settings.most(), here);
        shown = List.of(
                new Shown("routing", "Routes belong to the firewall that is told them: each has its own before and after a failover.", lock,
                        routes::size),
                new Shown("bandwidth-management", "A bucket holds a second's credit: every address begins with a full one.", lock,
                        () -> bandwidth.size(time.now())),
                new Shown("l2tp", "Both ends of an L2TP tunnel outlive the failover: the next packet brings its entry back.", lock,
                        () -> l2tp.size(time.now())),
                new Shown("gre", "GRE has no connection: the next packet of a tunnel brings its entry back.", lock,
                        () -> gre.size(time.now())),
                new Shown("dsvpn", "Spokes register again within a third of their holding time, and so come back.", lock,
                        () -> dsvpn.size(time.now())),
                new Shown("content-security", "How far a stream was read changes with every packet: reading begins anew in its middle, "
                        + "and what lay across the failover is not found.", lock, () -> content.size(time.now())));
    }

    /** Whether a packet that came in is within the limit of its source. */
    public boolean withinLimit(int in, Packet packet) {
        return !bandwidth.limited() || Zone.of(in) != Zone.INSIDE || bandwidth.within(packet, time.now());
    }

    /**
     * Whether a packet of a session may go on.
     *
     * @return {@code null} when it may
     */
    public DropReason judge(Flow flow, int direction, Packet packet) {
        if (!leads(flow, direction)) {
            return DropReason.NO_ROUTE;
        }
        return content.any() && !content.clean(flow, direction, packet, time.now()) ? DropReason.SIGNATURE : null;
    }

    /** Whether a route leads where packets of the session go, or there are no routes at all. */
    public boolean leads(Flow flow, int direction) {
        if (routes.size() == 0) {
            return true;
        }
        int to = Zone.networkInterface(flow.zoneAfter(direction));
        if (direction == 0) {
            return routes.lead(flow.farV6(), flow.farServerHigh(), flow.farServerLow(), to);
        }
        // What comes out of a tunnel of DS-Lite goes back into it; its own address is no route's business.
        return flow.softwire != null || routes.lead(flow.v6, flow.clientHigh, flow.clientLow, to);
    }

    /** Looks at a packet that goes on, as it came in. */
    public void passed(Packet packet) {
        l2tp.passed(packet, time.now());
        gre.passed(packet, time.now());
    }

    /** The tables, for the status. */
    public List<LocalTable> shown() {
        return shown;
    }

    @Override
    public Map<String, FirewallTable<?>> tables() {
        return Map.of();
    }

    @Override
    public List<FirewallCommand> commands() {
        return List.of(routes);
    }

    @Override
    public void age() {
        // Each table forgets what is over when it is used or asked.
    }
}
