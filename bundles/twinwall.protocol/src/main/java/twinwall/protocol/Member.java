/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;
import java.util.List;

import twinwall.group.Role;
import twinwall.link.Connection;
import twinwall.link.ProtocolException;

/**
 * One firewall's side of a hot standby group: its role, its connections and its tables. Any thread may call it; no call waits.
 * {@link #tick} must be called about every tenth of the hello interval.
 */
public final class Member {

    private final MemberSettings settings;
    private final MemberEvents events;
    private final GroupTables tables = new GroupTables();
    private final Messages messages = new Messages();
    private final Comparisons comparisons;
    private final RoleKeeper keeper;
    private final HelloTiming hellos;
    private final Links links;
    private String toldWhyNoData = Links.NO_LINK;
    private volatile long latest;
    private long peerIncarnation;
    private long peerClock;
    private boolean lastWordFresh;
    private PeerHello said;
    private volatile boolean quick;
    private volatile boolean flushing;

    /** Begins as {@link Role#INITIALIZING}. */
    public Member(MemberSettings settings, MemberEvents events, long now) {
        this.settings = settings;
        this.events = events;
        this.hellos = new HelloTiming(settings.hellos());
        this.links = new Links(settings.first(), hellos);
        this.comparisons = new Comparisons(settings.first(), tables);
        this.keeper = new RoleKeeper(this, settings, hellos, events, tables, now);
        this.quick = settings.quickBackup();
        this.latest = now;
    }

    /** Backs up one more table. A table type is added once; a handler that goes and comes is told to its replica. */
    public synchronized void add(TableReplica table) {
        tables.add(table);
        table.quick(quick);
        table.forwards(role().forwards());
        if (peerIncarnation != 0) {
            table.contact(peerClock);
        }
        Session running = links.running();
        if (running != null) {
            table.traffic().connected(running, running.connection().confidential());
            tables.takeOfferFor(table);
            running.connection().wake();
        }
    }

    /** A connection to the peer stands. Its link has this place in the order of links. */
    public Session connected(Connection connection, int order, long now) {
        return connected(connection, order, false, now);
    }

    /** A connection to the peer stands. {@code heartbeatOnly}: its link is never to carry data. */
    public synchronized Session connected(Connection connection, int order, boolean heartbeatOnly, long now) {
        Session session = new Session(this, connection, order, heartbeatOnly, now);
        links.add(session);
        connection.wake();
        return session;
    }

    /** Time passes. */
    public synchronized void tick(long now) {
        awake(now);
        keeper.awakening().tick(now);
        latest = now;
        links.all().forEach(session -> session.tick(now));
        choose(now);
        tellWhyNoData(now);
        keeper.tick(now);
        tellWhenThereIsNews(now);
        tables.all().forEach(table -> table.replica().time(now));
        comparisons.tick(links.running() == null ? null : keeper.roles(), quick, now);
    }

    /**
     * Compares every table with the peer's at once, on whichever firewall leads.
     *
     * @return the number of this check, for {@link ComparisonState#settled}
     */
    public synchronized long check() {
        return comparisons.check(links.running());
    }

    /** Looks whether this process stood still: what the clock or the peer brings then is judged anew. */
    synchronized void awake(long now) {
        keeper.awakening().look(now);
    }

    /** Whether the role that the firewall was told last may be acted on: this process has not stood still since. Takes no lock. */
    public boolean leaseValid(long now) {
        return keeper.awakening().valid(now);
    }

    /** While no link carries data the tables say why, which may change. */
    private void tellWhyNoData(long now) {
        String why = links.whyNoData(now);
        if (!why.equals(toldWhyNoData)) {
            toldWhyNoData = why;
            if (links.running() == null) {
                tables.run(null, why);
            }
        }
    }

    /** A peer that waits for this firewall to be ready need not wait for the next regular hello. */
    private void tellWhenThereIsNews(long now) {
        PeerHello says = keeper.hello(ready(), now);
        if (!says.equals(said)) {
            said = says;
            tellPeer();
        }
    }

    /** Says hello on every link out of turn. */
    void tellPeer() {
        links.all().forEach(Session::sayHelloNow);
    }

    /** Says hello on every link out of turn, with a new role: what the peer says counts once it has heard of it. */
    void sayRole() {
        links.all().forEach(Session::sayRole);
    }

    /** The firewall knows the next of the roles that {@link MemberEvents#roleChanged} gave: called once for each, in order. */
    public synchronized void roleKnown(long now) {
        keeper.known(now);
    }

    /**
     * Hands the active role to the peer once it has everything. In load balancing: all that this firewall has, or when it has
     * everything the peer's half. The end is told by {@link MemberEvents#handoverEnded}.
     */
    public synchronized void switchover(long now) {
        awake(now);
        keeper.switchover(now);
    }

    /** Hands everything to the peer, because the process stops. The end is told as that of a switchover. */
    public synchronized void handOverToStop(long now) {
        keeper.handOverToStop(now);
    }

    /**
     * What this firewall monitors and does not work, one line each, which lowers its priority by 2 each. Called whenever that changes;
     * calling it again with the same says nothing new. Past {@link Limits#ITEMS} further ones do not count.
     */
    public synchronized void failedItems(List<String> failures) {
        List<String> counted = List.copyOf(failures.subList(0, Math.min(failures.size(), Limits.ITEMS)));
        keeper.failedItems(counted, latest);
    }

    /** Switches quick backup on both firewalls. */
    public synchronized void quickBackup(boolean on) {
        setQuick(on);
        tell(CommandFrames.of(FrameType.QUICK_BACKUP, on ? 1 : 0));
    }

    /** Sends every table again, both ways. */
    public synchronized void sync() {
        sendAllAgain();
        tell(CommandFrames.of(FrameType.SYNC));
    }

    /** There may be something to send. Takes no lock: a replica calls it while it is locked. */
    public void wake() {
        Session session = links.running();
        if (session != null) {
            session.connection().wake();
        }
    }

    /** Tells the peer that this firewall stops, so that it takes over at once. */
    public synchronized void stop(String reason) {
        for (Session session : links.all()) {
            session.command(CommandFrames.goodbye(reason));
        }
    }

    // What a session asks.

    void greeting(ByteBuffer into, boolean heartbeatOnly) {
        new Greeting(Session.OLDEST_VERSION, Session.NEWEST_VERSION, settings.firewall(), settings.peer(), settings.incarnation(),
                tables.clock(), settings.hellos(), settings.roles().networking(), heartbeatOnly).write(into);
    }

    synchronized void greeted(Session session, Greeting greeting, long now) throws ProtocolException {
        greeting.check(settings);
        awake(now);
        if (hellos.agree(greeting.hellos())) {
            events.hellosDiffer(settings.hellos(), greeting.hellos(), hellos.now());
        }
        if (peerIncarnation != 0 && peerIncarnation != greeting.incarnation()) {
            // The shortfall is counted before the new process's tables are taken note of.
            keeper.restarted(now);
        }
        if (peerIncarnation != greeting.incarnation()) {
            peerIncarnation = greeting.incarnation();
            links.forgetChoice();
        }
        peerClock = Math.max(peerClock, greeting.clock());
        session.incarnation(peerIncarnation);
        for (Session other : links.all()) {
            if (other.established() && other.incarnation() != peerIncarnation) {
                other.abandon("peer-restarted");
            }
        }
        tables.all().forEach(table -> table.replica().contact(greeting.clock()));
    }

    synchronized void heard(Session session, PeerHello hello, long roleMillis, long now) {
        awake(now);
        // What a dead process said last must not be taken for what the new one says.
        if (session.incarnation() == peerIncarnation) {
            keeper.heard(hello, roleMillis, now);
        }
    }

    /** The peer says on the running link whether all of its tables are here. */
    synchronized void toldDelivered(boolean all) {
        keeper.toldDelivered(all);
    }

    /** The peer stops and will close its connections; what it still says of its role does not count. */
    synchronized void goodbye(String reason, long now) {
        keeper.left(reason, now);
    }

    synchronized void peerSwitchesQuickBackup(boolean on) {
        setQuick(on);
        events.peerSwitchedQuickBackup(on);
    }

    synchronized void sendAllAgain() {
        tables.all().forEach(table -> table.replica().sendAgain());
    }

    synchronized void offered(Session session, int number, String type, Offer offer) {
        if (session != links.running() || !session.peerFollows()) {
            // Late, of a link that carries the data no more.
            NumberedTable table = tables.find(type);
            if (table != null) {
                session.peerTables().adopt(number, table.replica());
            }
        } else if (!tables.offered(session, number, type, offer)) {
            session.command(CommandFrames.noHandler(number, offer));
            if (!offer.kept()) {
                events.unknownTable(type, offer.open(), session.connection().confidential());
            }
        }
    }

    synchronized void withdrawn(Session session, int number, TableReplica table) {
        tables.withdrawn(session, number, table);
    }

    synchronized void closed(Session session, long now) {
        boolean ran = links.remove(session, now);
        // A peer that spoke until its last link went has said nearly all that it could; one that fell silent first has not.
        lastWordFresh = now - session.lastHeard() <= hellos.intervalMillis() * 5 / 4;
        if (ran) {
            session.carriesData(false);
            links.stop();
            carry(null, now);
            choose(now);
        }
    }

    /** The firewall whose name sorts first chooses the running link. */
    synchronized void choose(long now) {
        if (!settings.first()) {
            return;
        }
        Session before = links.running();
        Session next = links.best(now);
        if (next != before) {
            if (before != null) {
                before.carriesData(false);
            }
            links.choose(next, now);
            carry(next, now);
        }
    }

    /** The other firewall follows that choice. */
    synchronized void follow(Session session, long number, long now) {
        Session before = links.running();
        if (links.follow(session, number)) {
            if (before != null) {
                before.carriesData(false);
            }
            carry(session, now);
        }
    }

    /** The tables go over this connection from now on, even if they did before; null: over none. */
    private void carry(Session next, long now) {
        if (next != null) {
            // Before the tables hear of it: what they have to say waits until the peer was told of this choice.
            next.carriesData(true);
        }
        keeper.linkChosen();
        tables.run(next, links.whyNoData(now));
        messages.run(next);
        if (next != null) {
            next.sayHelloNow();
        }
    }

    void writeHello(Session session, ByteBuffer into, boolean regular, long now) {
        PeerHello hello;
        boolean runs;
        long chosen;
        long roleMillis;
        synchronized (this) {
            awake(now);
            hello = keeper.hello(ready(), now);
            roleMillis = keeper.roleMillis(now);
            runs = links.running() == session;
            chosen = runs ? links.choice() : 0;
            if (runs) {
                session.saysThatItRuns();
            }
        }
        hello.write(into);
        Wire.putNumber(into, roleMillis);
        Wire.putNumber(into, chosen);
        GroupTables.writeWatermarks(into, runs ? tables.all() : List.of(), regular);
    }

    Links links() {
        return links;
    }

    void message(ByteBuffer frame, boolean confidential) throws ProtocolException {
        Messages.Received received = messages.read(frame, confidential);
        if (received != null) {
            events.message(received.topic(), received.message());
        }
    }

    /** Messages for the peer. Takes no lock of the group. */
    public Messages messages() {
        return messages;
    }

    GroupTables tables() {
        return tables;
    }

    Comparisons comparisons() {
        return comparisons;
    }

    /** The hellos that both firewalls keep to. */
    public Hellos hellos() {
        return hellos.now();
    }

    MemberSettings settings() {
        return settings;
    }

    long gatherMillis() {
        return flushing ? 0 : settings.backupIntervalMillis();
    }

    /** While roles are handed over changes are not gathered. */
    void flushing(boolean on) {
        flushing = on;
    }

    /** Whether the peer's last word came just before it was gone: nothing was left that it could have said since. */
    boolean heardOut() {
        return lastWordFresh && !links.anyEstablished();
    }

    /** Both were active; the peer has yielded, and tells. */
    void told(SplitBrain report) {
        events.splitBrain(report);
    }

    /** Sends a frame on the running link; false when there is none. */
    boolean tell(byte[] frame) {
        Session running = links.running();
        if (running != null) {
            running.command(frame);
        }
        return running != null;
    }

    private void setQuick(boolean on) {
        if (quick != on) {
            quick = on;
            for (NumberedTable table : tables.all()) {
                table.replica().quick(on);
                // Entries that were not due before may be due now.
                table.replica().sendAgain();
            }
        }
    }

    /** The peer has confirmed something: a handover may have waited for that. */
    void confirmed(long now) {
        if (flushing) {
            synchronized (this) {
                keeper.confirmed(now);
            }
        }
    }

    /** The local role. */
    public synchronized Role role() {
        return keeper.roles().role();
    }

    /** The local priority: as configured, less 2 for each failed item. */
    public synchronized int priority() {
        return keeper.roles().priority();
    }

    /** What this firewall monitors and does not work, one line each. */
    public synchronized List<String> failedItems() {
        return keeper.failedItems();
    }

    /** What will become of the roles by themselves, or why nothing does, one line each. */
    public synchronized List<String> outlook(long now) {
        return keeper.outlook(ready(), now);
    }

    /** Whether work is being handed over that this firewall has given up already. */
    public synchronized boolean handingOver() {
        return keeper.roles().handingOver();
    }

    /** Whether quick backup is on. Takes no lock: asked for every change. */
    public boolean quick() {
        return quick;
    }

    /** The peer as it last was, with the time since its last hello. */
    public synchronized PeerState peer(long now) {
        Roles roles = keeper.roles();
        PeerHello hello = roles.peer();
        long since = roles.heardAt() < 0 ? -1 : now - roles.heardAt();
        return hello == null ? new PeerState(null, false, -1, since) : new PeerState(hello.role(), hello.ready(), hello.priority(), since);
    }

    /** Whether a failover to this firewall would find every table of the peer complete. */
    public boolean ready() {
        return notReady().isEmpty();
    }

    /** Why it is not ready, one line each. */
    public synchronized List<String> notReady() {
        return keeper.notReady(latest);
    }

    /** Whether the peer has every table of this firewall and none is being sent again. */
    public synchronized boolean allDelivered() {
        return tables.allDelivered();
    }

    /** Whether the peer says that this firewall has every table of it. */
    public synchronized boolean peerDelivered() {
        return keeper.roles().peer() != null && keeper.roles().peer().delivered();
    }

    /** Why no data goes to the peer; empty when it does. */
    public String whyNoData(long now) {
        return links.whyNoData(now);
    }

    /** What will change the roles by itself; empty when nothing will. */
    synchronized String pending(long now) {
        return keeper.pending(now);
    }

    /** Entries that the peer has not confirmed, in all tables. */
    synchronized long lag() {
        return tables.lag();
    }
}
