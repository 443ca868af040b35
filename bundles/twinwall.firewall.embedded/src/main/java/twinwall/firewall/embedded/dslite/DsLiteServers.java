/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.dslite;

import java.util.concurrent.locks.Lock;

import twinwall.firewall.DsLiteServer;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.embedded.nat.Bindings;
import twinwall.firewall.embedded.nat.Ledger;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.table.Slot;

/** Servers behind tunnels, table {@value #TYPE}. */
final class DsLiteServers extends Bindings<DsLiteServer> {

    static final String TYPE = "ds-lite-server";

    private static final DsLiteServerForm FORM = new DsLiteServerForm();

    private final Configured configured;

    DsLiteServers(Lock lock, FirewallTime time, DsLiteSettings settings, Ledger ledger, Configured configured) {
        super(TYPE, lock, time, settings.mostServers(), Ageing.PROMISED, FORM, ledger, entry -> check(configured, entry));
        this.configured = configured;
    }

    /**
     * Puts a server in, or gives it another public endpoint. From any thread.
     *
     * @throws IllegalArgumentException when the public address is none of DS-Lite
     * @throws IllegalStateException when the public endpoint is taken or the table is full
     */
    void add(DsLiteServer server) {
        lock().lock();
        try {
            try {
                configured.check(server.vsys(), server.outside());
            } catch (EntryRefusedException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
            if (!isFree(FORM.outside(server), FORM.key(server))) {
                throw new IllegalStateException(server.outside() + ":" + server.outsidePort() + " is taken, by another server or by"
                        + " sessions of a client: choose another port, or try again when they have ended");
            }
            put(server);
        } finally {
            lock().unlock();
        }
    }

    /** Takes a server out; its sessions go on. From any thread. Returns whether it was there. */
    boolean takeOut(DsLiteServer key) {
        lock().lock();
        try {
            Slot<DsLiteServer> slot = find(FORM.key(key));
            if (slot != null) {
                remove(slot);
            }
            return slot != null;
        } finally {
            lock().unlock();
        }
    }

    private static void check(Configured configured, DsLiteServer entry) {
        configured.check(entry.vsys(), entry.outside());
        if (entry.protocol() != Protocols.TCP && entry.protocol() != Protocols.UDP) {
            throw new EntryRefusedException("unknown-protocol", "Servers behind tunnels are reached by TCP or UDP, not by protocol "
                    + entry.protocol());
        }
    }
}
