/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import org.osgi.annotation.versioning.ProviderType;
import twinwall.firewall.BlacklistEntry;
import twinwall.firewall.ConfirmStatus;
import twinwall.firewall.FirewallCommand;
import twinwall.firewall.FirewallCounter;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.Ipv4Session;
import twinwall.firewall.Ipv6Session;
import twinwall.firewall.NaptMapping;
import twinwall.firewall.ServerTls;
import twinwall.firewall.SessionOwner;
import twinwall.firewall.embedded.aaa.UsersPart;
import twinwall.firewall.embedded.bridge.Bridge;
import twinwall.firewall.embedded.confirm.ConfirmBeforeForward;
import twinwall.firewall.embedded.ipsec.Ipsec;
import twinwall.firewall.embedded.lists.Lists;
import twinwall.firewall.embedded.local.LocalTables;
import twinwall.firewall.embedded.nat.NatParts;
import twinwall.firewall.embedded.nat.PublicAddresses;
import twinwall.firewall.embedded.pki.Pki;
import twinwall.firewall.embedded.redirect.PeerTraffic;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.session.PeerEntries;
import twinwall.firewall.embedded.session.SessionReports;
import twinwall.firewall.embedded.session.Sessions;
import twinwall.firewall.embedded.slb.Health;
import twinwall.firewall.embedded.slb.L4Balancing;
import twinwall.firewall.embedded.slb.RealServer;
import twinwall.firewall.embedded.slb.l7.HttpBalancing;
import twinwall.firewall.embedded.sslvpn.SslVpn;
import twinwall.firewall.embedded.table.EntryTable;
import twinwall.firewall.embedded.table.FlowEntries;
import twinwall.group.Share;
import twinwall.spi.LocalTable;

/**
 * A stateful firewall in memory with two interfaces, 0 inside and 1 outside, or with a switch inside and more interfaces there. Packets
 * go in by {@link #process} and come out of it, rewritten in place.
 * <p>
 * As an OSGi service it is configured by PID {@value FirewallSettings#PID} and told its role by the group; as a plain object,
 * <pre>
 * var firewall = new EmbeddedFirewall(FirewallSettings.of(Map.of("napt_pool", "203.0.113.1")));
 * firewall.setForwarding(true);
 * Verdict verdict = firewall.process(micros, EmbeddedFirewall.INSIDE, new Frame(bytes));
 * </pre>
 * somebody has to say that it shall forward, because there is no group that would. Methods may be called from any thread; one lock
 * guards the packet path, and watchers of its tables are called under it. It has no thread and reads no clock, except to judge
 * certificates while no time is known: time is what {@code process} and {@link #tick} say.
 */
@ProviderType
public class EmbeddedFirewall {

    /** Interface in zone {@code inside}. */
    public static final int INSIDE = 0;
    /** Interface in zone {@code outside}. */
    public static final int OUTSIDE = 1;

    /** Not for every packet: there are two dozen tables, and most packets come within the same moment. */
    private static final long PARTS_AGE_EVERY_MICROS = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final FirewallTime time = new FirewallTime();
    private final long[] dropped = new long[DropReason.values().length];
    private final FirewallSettings settings;
    private final Sessions sessions;
    private final Lists lists;
    private final UsersPart users;
    private final SslVpn sslVpn;
    private final L4Balancing balancing;
    private final HttpBalancing httpBalancing;
    private final Bridge bridge;
    private final Ipsec ipsec;
    private final LocalTables local;
    private final ConfirmBeforeForward confirm;
    private final PeerTraffic peerTraffic;
    private final Inspection inspection;
    private final FirewallTable<Ipv4Session> ipv4;
    private final FirewallTable<Ipv6Session> ipv6;
    private final FirewallTable<NaptMapping> napt;
    private final Pki pki;
    private final List<Part> parts;
    private final Map<String, FirewallTable<?>> tables = new TreeMap<>();
    private long partsAged = Long.MIN_VALUE / 2;
    private volatile BooleanSupplier lease = () -> true;
    private long received;
    private long forwarded;

    /**
     * A firewall with empty tables. It forwards at once when the settings say so. Packets that wait for the peer wait by the time that
     * packets and ticks tell.
     */
    public EmbeddedFirewall(FirewallSettings settings) {
        this(settings, null);
    }

    /** The same for one whose packets wait for the peer by this clock: micros that only go forward. */
    protected EmbeddedFirewall(FirewallSettings settings, LongSupplier waitingClock) {
        this.settings = settings;
        LongSupplier waits = waitingClock == null ? time::now : waitingClock;
        confirm = new ConfirmBeforeForward(settings.confirm(), lock, waits, this::leaves);
        sessions = new Sessions(settings, time, lock);
        lists = new Lists(settings, time, lock);
        users = new UsersPart(lock, time, settings.users());
        sslVpn = new SslVpn(settings.sslVpn(), lock, time, users.authentication());
        ipsec = new Ipsec(settings.ipsec(), lock, time);
        local = new LocalTables(settings.local(), lock, time, sessions.table()::holds);
        pki = new Pki(settings.pki(), time, this::certificateTime, this::forwarding);
        PublicAddresses addresses = new PublicAddresses(settings.publicAddresses());
        balancing = new L4Balancing(settings.slb(), addresses, time, lock);
        httpBalancing = new HttpBalancing(settings.httpSlb(), lock, time);
        bridge = new Bridge(settings.bridge(), time, lock);
        NatParts nat = new NatParts(settings, sessions, ipsec.exemption(), balancing, addresses, lock, time);
        parts = Stream.concat(nat.parts().stream(),
                Stream.of(lists, bridge, balancing, httpBalancing, users, ipsec, pki, local, sslVpn)).toList();
        sessions.translateBy(nat.policy());
        inspection = new Inspection(settings, sessions, lists, users.gate(), sslVpn, ipsec, local, nat.pcp(),
                nat.dsLite().softwires(), new WayOut(nat.nat64(), nat.dsLite()), confirm,
                () -> settings.redirect().redirects() && time.sharing());
        peerTraffic = new PeerTraffic(settings.redirect(), waits, new PacketsOfPeer(this, inspection, lock, dropped, waits));
        PeerEntries peer = new PeerEntries(sessions);
        SessionReports reports = sessions.reports();
        ipv4 = new FlowEntries<>(lock, sessions.table(), reports.ipv4Watchers(), flow -> flow.isSession() && !flow.v6, reports::ipv4,
                peer::restore, peer::forget, sessions::ipv4Count);
        ipv6 = new FlowEntries<>(lock, sessions.table(), reports.ipv6Watchers(), flow -> flow.isSession() && flow.v6, reports::ipv6,
                peer::restore, peer::forget, sessions::ipv6Count);
        napt = new FlowEntries<>(lock, sessions.table(), reports.mappingWatchers(), Flow::isMapping, reports::mapping,
                peer::restore, peer::forget, sessions::mappingCount);
        tables.putAll(Map.of("ipv4-session", ipv4, "ipv6-session", ipv6, "napt", napt));
        parts.forEach(part -> tables.putAll(part.tables()));
        if (confirm.on()) {
            tables.values().forEach(table -> {
                if (table instanceof EntryTable<?, ?> entries) {
                    entries.answers(confirm::entryAnswer);
                }
            });
            reports.answers(confirm::sessionAnswer, confirm::entryAnswer);
        }
        time.role(settings.forwarding(), Share.ALL);
    }

    /**
     * Inspects one packet, an Ethernet II frame. Does not keep the array.
     *
     * @param timeMicros when it came, microseconds since 1970; what lies before the latest time known counts as that
     * @param inInterface {@link #INSIDE} or {@link #OUTSIDE}, or with a switch another port of it, below {@link #interfaces}
     * @param frame holds the packet, and afterwards what goes on; a dropped one is left as it was
     * @return whether it goes on, and by which interface, or why not. Nothing in the packet makes this throw
     * @throws IndexOutOfBoundsException when there is no such interface, or offset and length lie outside of the array
     */
    public Verdict process(long timeMicros, int inInterface, Frame frame) {
        return process(timeMicros, inInterface, frame, null, 0);
    }

    /**
     * As {@link #process(long, int, Frame)}, where packets may wait until the peer has their session ({@code confirm_before_forward}).
     *
     * @param late where a packet goes for which {@link Verdict#HELD} is returned; may be told before this returns. {@code null} when there
     *     is no such place: then nothing waits
     * @param number what {@code late} knows the packet by
     */
    public Verdict process(long timeMicros, int inInterface, Frame frame, LateFrames late, long number) {
        Objects.checkFromIndexSize(frame.offset, frame.length, frame.bytes.length);
        Objects.checkIndex(inInterface, interfaces());
        lock.lock();
        try {
            received++;
            if (stale()) {
                return count(Verdict.dropped(DropReason.STALE_ROLE));
            }
            advance(timeMicros);
            if (!confirm.on()) {
                return count(time.forwarding() ? verdict(inInterface, frame) : peerTraffic.keep(inInterface, frame));
            }
            confirm.begin(late, number);
            Verdict verdict = time.forwarding() ? verdict(inInterface, frame) : peerTraffic.keep(inInterface, frame);
            Verdict decided = confirm.decide(inspection.flow(), verdict, frame);
            return decided.held() ? decided : count(decided);
        } finally {
            lock.unlock();
        }
    }

    private Verdict count(Verdict verdict) {
        if (verdict.forwarded()) {
            forwarded++;
        } else {
            dropped[verdict.reason().ordinal()]++;
        }
        return verdict;
    }

    /** What was held leaves now, unless another firewall forwards by now, or may do so. */
    private Verdict leaves(Verdict wanted) {
        if (!wanted.forwarded() || (time.forwarding() || peerTraffic.keeps()) && lease.getAsBoolean()) {
            return count(wanted);
        }
        return count(Verdict.dropped(time.forwarding() ? DropReason.STALE_ROLE : DropReason.STANDBY));
    }

    /**
     * Lets go what has waited for the peer as long as it may ({@code confirm_bound_ms}). {@link #tick} does so too.
     *
     * @return micros until it is to be called again; -1 when nothing waits
     */
    public long releaseOverdue() {
        return confirm.on() ? confirm.releaseOverdue() : -1;
    }

    /** Who is woken when something begins to wait for the peer: called on the packet path, under the lock, so it returns at once. */
    protected void alarm(Runnable wake) {
        confirm.alarm(wake);
    }

    /** How confirm before forward does. */
    public ConfirmStatus confirmStatus() {
        return confirm.status();
    }

    /** It forwarded, and does not know whether it still may. Its tables are as old as its role: nothing must end in them by time either. */
    private boolean stale() {
        return time.forwarding() && !lease.getAsBoolean();
    }

    private Verdict verdict(int in, Frame frame) {
        if (!bridge.on()) {
            return inspected(in, frame);
        }
        Verdict switched = in == OUTSIDE ? null : bridge.receive(in, frame);
        Verdict verdict = switched != null ? switched : inspected(in, frame);
        return switched == null && verdict.egress() == INSIDE ? bridge.deliver(frame) : verdict;
    }

    private Verdict inspected(int in, Frame frame) {
        DropReason reason = inspection.inspect(time.now(), in == OUTSIDE ? OUTSIDE : INSIDE, frame);
        return reason == null ? Verdict.forwarded(inspection.egress())
                : reason == DropReason.REDIRECTED ? peerTraffic.redirect(in, frame) : Verdict.dropped(reason);
    }

    /**
     * Where packets leave that the peer gave this firewall to forward, each with the number 0. Without such a place they are dropped, and
     * while the work is handed over to the peer no packet is kept for it.
     */
    public void outlet(LateFrames to) {
        peerTraffic.outlet(to);
    }

    /** Packets that this firewall gives its peer to forward, and takes from it. */
    public PeerTraffic peerTraffic() {
        return peerTraffic;
    }

    /** How many interfaces there are: two, or with a switch one more than it has ports. */
    public int interfaces() {
        return bridge.interfaces();
    }

    /** Lets time pass without a packet: ends what has timed out. With {@link Clock#PACKETS} nothing happens. */
    public void tick(long nowMicros) {
        if (settings.clock() == Clock.PACKETS) {
            return;
        }
        lock.lock();
        try {
            if (!stale()) {
                advance(nowMicros);
            }
        } finally {
            lock.unlock();
        }
        releaseOverdue();
    }

    private void advance(long micros) {
        sessions.age(time.advance(micros));
        ipsec.tell();
        // What is over ends a little late at most, and is not found meanwhile.
        long now = time.now();
        if (now - partsAged >= PARTS_AGE_EVERY_MICROS) {
            partsAged = now;
            for (Part part : parts) {
                part.age();
            }
        }
    }

    /**
     * Says whether the firewall forwards. For programs without a group; in a framework the role decides. When forwarding begins, all
     * sessions are as if they had just been used, whatever their number.
     */
    public void setForwarding(boolean forwarding) {
        setForwarding(forwarding, Share.ALL);
    }

    /**
     * As {@link #setForwarding(boolean)}, and says what it may hand out of public ports, addresses and the like. When that is not
     * everything, the peer forwards too, and what the peer uses is not aged out here.
     */
    public void setForwarding(boolean forwarding, Share share) {
        lock.lock();
        try {
            boolean smaller = time.forwarding() && time.share().isWhole() && forwarding && share != Share.ALL;
            time.role(forwarding, share);
            if (smaller) {
                parts.forEach(Part::tellEarly);
                sessions.tellEarly();
            }
        } finally {
            lock.unlock();
        }
        if (forwarding) {
            pki.activated();
        } else {
            confirm.releaseAll();
        }
    }

    /**
     * Who says, for each packet, whether the role that the firewall was told last still holds. Called under the firewall's lock; must be
     * quick. Without it the role holds until another one is told.
     */
    public void lease(BooleanSupplier by) {
        lease = by;
    }

    /** Says which of the two firewalls of its group it is, and so what the sessions belong to that it begins or takes over. */
    public void identify(SessionOwner self) {
        lock.lock();
        try {
            time.self(self);
        } finally {
            lock.unlock();
        }
    }

    /** Whether it forwards. */
    public boolean forwarding() {
        lock.lock();
        try {
            return time.forwarding();
        } finally {
            lock.unlock();
        }
    }

    /** What it was told. */
    public FirewallSettings settings() {
        return settings;
    }

    /** What moves its time. */
    public Clock clock() {
        return settings.clock();
    }

    /** Certificates are judged by real time also where the packets' time is that of a capture. */
    private Instant certificateTime() {
        lock.lock();
        try {
            return clock() == Clock.PACKETS || !time.started() ? Instant.now() : Instant.EPOCH.plus(time.now(), ChronoUnit.MICROS);
        } finally {
            lock.unlock();
        }
    }

    /** Virtual servers for HTTP and TLS. */
    public HttpBalancing httpBalancing() {
        return httpBalancing;
    }

    /** Certificates and revocation lists. */
    public Certificates certificates() {
        return pki;
    }

    /** TLS servers with the certificates. */
    public ServerTls serverTls() {
        return pki.tls();
    }

    /** Commands for the blacklist. */
    public Blacklist blacklist() {
        return lists.blacklist();
    }

    /** Commands for the whitelist. */
    public Whitelist whitelist() {
        return lists.whitelist();
    }

    /** The sessions of the SSL VPN gateway. */
    public SslVpn sslVpn() {
        return sslVpn;
    }

    /** Who is online, and logins. */
    public Users users() {
        return users;
    }

    /** Who says from now on which real servers may be given new clients. Without it all are taken for healthy. */
    public void health(Health by) {
        balancing.health(by);
        httpBalancing.health(by);
    }

    /** The real servers that load is balanced over, all of them. */
    public Collection<RealServer> realServers() {
        return Stream.concat(balancing.realServers().stream(), httpBalancing.realServers().stream()).toList();
    }

    /** IPsec tunnels. */
    public IpsecTunnels ipsecTunnels() {
        return ipsec.tunnels();
    }

    /** Table {@code ipv4-session}. */
    public FirewallTable<Ipv4Session> ipv4Sessions() {
        return ipv4;
    }

    /** Table {@code ipv6-session}. */
    public FirewallTable<Ipv6Session> ipv6Sessions() {
        return ipv6;
    }

    /** Table {@code napt}. */
    public FirewallTable<NaptMapping> naptMappings() {
        return napt;
    }

    /** Table {@code blacklist}. */
    public FirewallTable<BlacklistEntry> blacklistEntries() {
        return lists.blacklistEntries();
    }

    /** Every service table by type. */
    public Map<String, FirewallTable<?>> tables() {
        return Collections.unmodifiableMap(tables);
    }

    /** The tables that are not backed up by design. */
    public List<LocalTable> localTables() {
        return local.shown();
    }

    /** What people and programs may tell it. */
    public List<FirewallCommand> commands() {
        return parts.stream().flatMap(part -> part.commands().stream()).toList();
    }

    /** What it has refused so far, packets and logins, by reason. */
    public List<FirewallCounter> refusals() {
        return Stream.concat(Stream.of(new DroppedPackets(this::counters), peerTraffic.counter(), sessions.losers().counter()),
                parts.stream().flatMap(part -> part.refusals().stream())).toList();
    }

    /** What it has done so far. */
    public Counters counters() {
        lock.lock();
        try {
            Map<DropReason, Long> reasons = new EnumMap<>(DropReason.class);
            for (DropReason reason : DropReason.values()) {
                reasons.put(reason, dropped[reason.ordinal()]);
            }
            long redirected = reasons.remove(DropReason.REDIRECTED);
            return new Counters(received, forwarded, redirected, Collections.unmodifiableMap(reasons), sessions.ipv4Count(),
                    sessions.ipv6Count(), sessions.halfOpenCount(), sessions.mappingCount(), lists.blacklistEntries().size());
        } finally {
            lock.unlock();
        }
    }
}
