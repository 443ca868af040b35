/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb.l7;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.FirewallCommand;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.SlbPersistence;
import twinwall.firewall.SlbPersistence.Kind;
import twinwall.firewall.embedded.Part;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.slb.Health;
import twinwall.firewall.embedded.slb.RealServer;
import twinwall.firewall.embedded.table.AddressKey;
import twinwall.firewall.embedded.table.EntryForm;
import twinwall.firewall.embedded.table.EntryTable;
import twinwall.firewall.embedded.table.Slot;

/**
 * Which client of a virtual server for HTTP or TLS is given which real server. Opens no socket: what does, asks here. Methods may be called
 * from any thread.
 */
public final class HttpBalancing implements Part {

    private static final int HASH_BYTES = 16;

    private final Lock lock;
    private final FirewallTime time;
    private final HttpSlbSettings settings;
    private final Map<String, HttpVirtualServer> servers = new LinkedHashMap<>();
    private final Table table;
    private volatile Health health = Health.UNKNOWN;

    public HttpBalancing(HttpSlbSettings settings, Lock lock, FirewallTime time) {
        this.settings = settings;
        this.lock = lock;
        this.time = time;
        HttpVirtualServer.list(settings.servers()).forEach(server -> servers.put(server.name(), server));
        table = new Table();
    }

    /** A client that strangers could make up: the hash, with a seeded hash code. */
    private record Client(String server, Kind kind, AddressKey hash) {
    }

    private final class Table extends EntryTable<Client, SlbPersistence> {

        Table() {
            super("l7-slb", lock, HttpBalancing.this.time, settings.maxEntries(), Ageing.IDLE, new Form());
        }

        @Override
        protected void check(SlbPersistence entry) {
            HttpVirtualServer server = servers.get(entry.server());
            if (entry.idHash().length != HASH_BYTES) {
                throw new EntryRefusedException("bad-id", "a client's hash has " + entry.idHash().length + " bytes");
            }
            if (server == null) {
                throw new EntryRefusedException("unknown-virtual-server", "slb_http has no '" + entry.server() + "' here");
            }
            if (server.group().member(entry.real().bits(), entry.realPort()) == null) {
                throw new EntryRefusedException("unknown-real-server", "'" + entry.server() + "' has no real server " + entry.real() + ":"
                        + entry.realPort() + " here");
            }
        }
    }

    private static final class Form implements EntryForm<Client, SlbPersistence> {

        @Override
        public Client key(SlbPersistence entry) {
            return client(entry.server(), entry.kind(), entry.idHash());
        }

        @Override
        public int remainingSeconds(SlbPersistence entry) {
            return entry.remainingSeconds();
        }

        @Override
        public SlbPersistence withRemaining(SlbPersistence entry, int seconds) {
            return new SlbPersistence(entry.server(), entry.kind(), entry.idHash(), entry.real(), entry.realPort(), seconds);
        }
    }

    private static Client client(String server, Kind kind, byte[] hash) {
        ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(hash, HASH_BYTES));
        return new Client(server, kind, new AddressKey(bytes.getLong(), bytes.getLong(), 0));
    }

    private static byte[] hash(byte[] id) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(id), HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** The real server that a client has, when it is healthy; else {@code null}. Its time begins anew. */
    public RealServer held(HttpVirtualServer server, Kind kind, byte[] id) {
        byte[] hash = hash(id);
        lock.lock();
        try {
            Slot<SlbPersistence> slot = table.find(client(server.name(), kind, hash));
            RealServer real = slot == null ? null : server.group().member(slot.entry().real().bits(), slot.entry().realPort());
            if (real == null || !health.healthy(real)) {
                return null;
            }
            table.touch(slot);
            return real;
        } finally {
            lock.unlock();
        }
    }

    /** A real server for a new client by weight, none of those that did not answer; {@code null} when there is none. */
    public RealServer choose(HttpVirtualServer server, Collection<RealServer> without) {
        lock.lock();
        try {
            return server.group().choose(real -> !without.contains(real) && health.healthy(real));
        } finally {
            lock.unlock();
        }
    }

    /** Gives a client a real server from now on. Whether it was possible: not when the table is full, or on a standby. */
    public boolean bind(HttpVirtualServer server, Kind kind, byte[] id, RealServer real) {
        byte[] hash = hash(id);
        lock.lock();
        try {
            Slot<SlbPersistence> slot = table.find(client(server.name(), kind, hash));
            if (slot != null && real.is(slot.entry().real().bits(), slot.entry().realPort())) {
                table.touch(slot);
                return true;
            }
            if (!time.forwarding() || slot == null && !table.hasRoom()) {
                return false;
            }
            table.put(new SlbPersistence(server.name(), kind, hash, real.address(), real.port(), settings.stickySeconds()));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether requests are taken: only while the firewall forwards. */
    public boolean open() {
        lock.lock();
        try {
            return time.forwarding();
        } finally {
            lock.unlock();
        }
    }

    /** Who says from now on which servers are healthy. */
    public void health(Health by) {
        health = by;
    }

    Health health() {
        return health;
    }

    /** The virtual servers. */
    public Collection<HttpVirtualServer> servers() {
        return servers.values();
    }

    /** Every real server, of all groups. */
    public List<RealServer> realServers() {
        lock.lock();
        try {
            return servers.values().stream().flatMap(server -> server.group().servers().stream()).toList();
        } finally {
            lock.unlock();
        }
    }

    HttpSlbSettings settings() {
        return settings;
    }

    FirewallTable<SlbPersistence> table() {
        return table;
    }

    @Override
    public Map<String, FirewallTable<?>> tables() {
        return Map.of("l7-slb", table);
    }

    @Override
    public List<FirewallCommand> commands() {
        return List.of(new HttpSlbCommand(this));
    }

    @Override
    public void age() {
        table.age();
    }
}
