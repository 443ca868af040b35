/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.dslite;

import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.DsLiteBinding;
import twinwall.firewall.DsLiteServer;
import twinwall.firewall.FirewallCommand;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.embedded.Part;
import twinwall.firewall.embedded.nat.Ledger;
import twinwall.firewall.embedded.nat.NatKind;
import twinwall.firewall.embedded.nat.PublicPool;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.session.Flow;

/**
 * DS-Lite (RFC 6333): tunnels, the bindings of clients behind them, and the servers there. Sessions of it have a {@link Flow#softwire},
 * those to a server a {@link Flow#far} side.
 */
public final class DsLite implements Part {

    private final PublicPool pool;
    private final Softwires softwires;
    private final DsLiteBindings bindings;
    private final DsLiteServers servers;
    private final NatKind source;
    private final NatKind serverSource;
    private final NatKind destination;
    private final NatKind serverDestination;

    /** DS-Lite as the settings say. */
    public DsLite(DsLiteSettings settings, Lock lock, FirewallTime time, Ledger ledger) {
        Configured configured = new Configured(settings, time.share());
        pool = configured.pool;
        softwires = new Softwires(settings, configured.aftr);
        bindings = new DsLiteBindings(lock, time, settings, ledger, configured);
        servers = new DsLiteServers(lock, time, settings, ledger, configured);
        source = new DsLiteSource(pool, settings.timeoutSeconds(), bindings, servers);
        serverSource = new DsLiteServerSource(servers);
        destination = new DsLiteDestination<>(bindings, servers, pool,
                (flow, entry) -> flow.redirect(entry.softwire(), entry.inside().bits(), entry.insidePort()));
        serverDestination = new DsLiteDestination<>(servers, bindings, pool,
                (flow, entry) -> flow.redirect(entry.softwire(), entry.inside().bits(), entry.insidePort()));
    }

    /** Opens and closes the tunnels. */
    public Softwires softwires() {
        return softwires;
    }

    /** From clients behind tunnels. */
    public NatKind source() {
        return source;
    }

    /** From servers behind tunnels. */
    public NatKind serverSource() {
        return serverSource;
    }

    /** To clients behind tunnels. */
    public NatKind destination() {
        return destination;
    }

    /** To servers behind tunnels. */
    public NatKind serverDestination() {
        return serverDestination;
    }

    /** Whether the flow's packets of that direction, rewritten, go to a public address of DS-Lite. */
    public boolean leadsBack(Flow flow, int direction) {
        if (pool.isEmpty()) {
            return false;
        }
        boolean v6 = direction == 0 ? flow.farV6() : flow.v6;
        return !v6 && pool.contains((int) (direction == 0 ? flow.farServerLow() : flow.clientLow));
    }

    /** Table {@code ds-lite}. */
    public FirewallTable<DsLiteBinding> bindings() {
        return bindings;
    }

    /** Table {@code ds-lite-server}. */
    public FirewallTable<DsLiteServer> servers() {
        return servers;
    }

    @Override
    public Map<String, FirewallTable<?>> tables() {
        return Map.of(DsLiteBindings.TYPE, bindings, DsLiteServers.TYPE, servers);
    }

    @Override
    public List<FirewallCommand> commands() {
        return List.of(new DsLiteServerCommand(servers));
    }

    @Override
    public void tellEarly() {
        bindings.tellEarly();
    }

    @Override
    public void age() {
        bindings.age();
        servers.age();
    }
}
