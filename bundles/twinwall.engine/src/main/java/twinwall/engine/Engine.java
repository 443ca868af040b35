/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import twinwall.group.CheckReport;
import twinwall.group.EntryView;
import twinwall.group.ForwardingLease;
import twinwall.group.GroupStatus;
import twinwall.group.HotStandbyGroup;
import twinwall.group.MonitoredItem;
import twinwall.group.PeerMessageListener;
import twinwall.group.PeerMessages;
import twinwall.group.Role;
import twinwall.group.RoleChange;
import twinwall.group.RoleListener;
import twinwall.group.Share;
import twinwall.group.Verdict;
import twinwall.link.HeartbeatLink;
import twinwall.protocol.HandoverEnd;
import twinwall.protocol.Hellos;
import twinwall.protocol.KeptSpace;
import twinwall.protocol.KeyHash;
import twinwall.protocol.Limits;
import twinwall.protocol.Member;
import twinwall.protocol.MemberEvents;
import twinwall.protocol.MemberSettings;
import twinwall.protocol.Shortfall;
import twinwall.protocol.SplitBrain;
import twinwall.protocol.TableEvents;
import twinwall.protocol.TableReplica;
import twinwall.protocol.TableSpec;
import twinwall.protocol.TableState;
import twinwall.protocol.Work;
import twinwall.settings.Settings;
import twinwall.spi.BackupTiming;
import twinwall.spi.LocalTable;
import twinwall.spi.TableHandler;

/** Joins handlers, protocol and links: one firewall of a hot standby group at work. */
@Component(configurationPid = Config.PID, configurationPolicy = ConfigurationPolicy.REQUIRE, immediate = true,
        service = {HotStandbyGroup.class, ForwardingLease.class, PeerMessages.class})
@Designate(ocd = Config.class)
public final class Engine implements HotStandbyGroup, ForwardingLease, PeerMessages, MemberEvents {

    private static final System.Logger LOG = System.getLogger("twinwall.engine");
    private static final long MOST_TICK_MILLIS = 20;
    private static final long LEAST_TICK_MILLIS = 2;
    private static final long PARTING_MILLIS = 3000;
    private static final Pattern TYPE = Pattern.compile("[a-z0-9-]{1,64}");
    /** Past it the peer's tables that have no handler here are not kept: those that get a handler need numbers, too. */
    private static final int MOST_TABLES = Limits.TABLES / 2;

    private final BundleContext context;
    private final Threads threads = new Threads();
    private final SecureRandom random = new SecureRandom();
    private final KeyHash hasher = new KeyHash(random.nextLong(), random.nextLong());
    private final MemberSettings settings;
    private final long backlogBytes;
    private final KeptSpace keptSpace;
    private final long digestIntervalMillis;
    private final long handlerDeadlineMillis;
    private final Member member;
    private final Commands commands;
    private final Checks checks;
    private final RoleAnnouncer announcer;
    private final PeerMessageDesk desk;
    private final MonitoredItems monitoredItems;
    private final LocalTables localTables = new LocalTables();
    private final Losses losses = new Losses();
    private final SplitBrainLog splitBrains = new SplitBrainLog();
    private final Map<String, BackedUpTable> tables = new ConcurrentSkipListMap<>();
    private final Map<ServiceReference<HeartbeatLink>, PeerLink> links = new ConcurrentHashMap<>();
    private final SynchronousBundleListener farewell;
    private volatile RoleChange announced;
    private volatile boolean parting;
    private boolean complainedOfTables;

    /** Started by Declarative Services; handlers and links come and go later. */
    @Activate
    public Engine(BundleContext context, Map<String, Object> properties) {
        this.context = context;
        Settings given = new Settings(Config.PID, properties, line -> LOG.log(System.Logger.Level.ERROR, line));
        settings = GroupSettings.read(given, random.nextLong());
        digestIntervalMillis = given.number("digest_interval_ms", 0, 3_600_000, 2000);
        backlogBytes = given.number("backlog_mib", 1, 4096, 128) << 20;
        keptSpace = new KeptSpace(given.number("kept_mib", 0, 65_536, 64) << 20);
        handlerDeadlineMillis = given.number("handler_deadline_ms", 100, 3_600_000, 30_000);
        announced = new RoleChange(Role.INITIALIZING, Role.INITIALIZING, Share.NONE, "started", Instant.now(), settings.priority(), -1);
        member = new Member(settings, this, Threads.now());
        commands = new Commands(member);
        checks = new Checks(member, tables.values());
        monitoredItems = new MonitoredItems(threads, given.number("monitor_interval_ms", 100, 60_000, 1000), member::failedItems);
        desk = new PeerMessageDesk(threads.lane(), member.messages()::dropped);
        announcer = new RoleAnnouncer(threads.lane(), () -> member.roleKnown(Threads.now()));
        farewell = event -> {
            if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
                part();
            }
        };
        context.addBundleListener(farewell);
        threads.every(Math.max(LEAST_TICK_MILLIS, Math.min(MOST_TICK_MILLIS, settings.helloIntervalMillis() / 10)), this::tick);
        LOG.log(System.Logger.Level.INFO, "{0}: looking for peer {1}; down after {2} ms without a hello.", settings.firewall(),
                settings.peer(),
                Long.toString(settings.hellos().detectionMillis()));
    }

    @Deactivate
    void deactivate() {
        context.removeBundleListener(farewell);
        if (!parting) {
            part();
        }
        links.values().forEach(PeerLink::close);
        tables.values().forEach(BackedUpTable::end);
        threads.close();
    }

    /** Leaves the group without loss while links and handlers still work: hands over when active, then says goodbye. */
    private void part() {
        parting = true;
        if (peerWouldTakeOver()) {
            try {
                Verdict verdict = commands.handOverToStop(Threads.now()).toCompletableFuture().get(PARTING_MILLIS, TimeUnit.MILLISECONDS);
                LOG.log(System.Logger.Level.INFO, "{0} stops: {1}", settings.firewall(), verdict.message());
            } catch (TimeoutException | ExecutionException e) {
                LOG.log(System.Logger.Level.WARNING, "{0} stops without a complete switchover; {1} takes over with what it has.",
                        settings.firewall(), settings.peer());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        member.stop("planned stop");
        if (peerWouldTakeOver()) {
            // The peer takes over on the goodbye: from here on this firewall must not forward beside it.
            announcer.announceNow(new RoleChange(member.role(), Role.STANDBY, Share.NONE,
                    "the engine stops; " + settings.peer() + " takes over", Instant.now(), settings.priority(), -1));
        }
    }

    private boolean peerWouldTakeOver() {
        Role peer = member.peer(Threads.now()).role();
        return member.role().forwards() && (peer == Role.STANDBY || peer == Role.LOAD_BALANCING);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addHandler(ServiceReference<TableHandler> reference, TableHandler handler) {
        String type = String.valueOf(reference.getProperty("backup.table.type"));
        if (!TYPE.matcher(type).matches() || !(reference.getProperty("backup.table.schema") instanceof Integer schema)) {
            LOG.log(System.Logger.Level.ERROR,
                    "Handler of bundle {0}: backup.table.type={1}, backup.table.schema={2} must be a name of a-z, 0-9 "
                    + "and hyphen and a number. The handler is not used; annotate it with @BackupTable.",
                    reference.getBundle().getSymbolicName(), type, reference.getProperty("backup.table.schema"));
            return;
        }
        HandlerInfo info = new HandlerInfo(handler, type, schema, Boolean.TRUE.equals(reference.getProperty("backup.table.sensitive")),
                Boolean.TRUE.equals(reference.getProperty("backup.table.urgent")), reference.getBundle().getSymbolicName(),
                reference.getBundle().getVersion().toString(), Instant.now().truncatedTo(ChronoUnit.MILLIS),
                names(reference.getProperty("backup.table.needs")));
        table(type).add(reference, info);
    }

    private static List<String> names(Object property) {
        return property instanceof String[] several ? List.of(several) : property instanceof String one ? List.of(one) : List.of();
    }

    private BackedUpTable table(String type) {
        return tables.computeIfAbsent(type, name -> new BackedUpTable(name, member, this::createReplica, threads, this::timing, keptSpace));
    }

    @Override
    public void unknownTable(String type, Work.Open layout, boolean confidential) {
        if (!TYPE.matcher(type).matches()) {
            return;
        }
        if (tables.containsKey(type) || tables.size() < MOST_TABLES) {
            table(type).offered(layout, confidential);
        } else if (!complainedOfTables) {
            complainedOfTables = true;
            LOG.log(System.Logger.Level.WARNING, "Table ''{0}'' of {1} has no handler here and is not kept: there are {2} tables already. "
                    + "Nor are further ones.", type, settings.peer(), Integer.toString(MOST_TABLES));
        }
    }

    void removeHandler(ServiceReference<TableHandler> reference) {
        BackedUpTable table = tables.get(String.valueOf(reference.getProperty("backup.table.type")));
        if (table != null) {
            table.remove(reference);
        }
    }

    private TableReplica createReplica(TableSpec spec, TableEvents events) {
        // Beyond the stamps of any earlier process, as long as that made fewer than a million changes a second.
        long clock = Instant.now().getEpochSecond() << 20;
        int me = settings.firewall().compareTo(settings.peer()) < 0 ? 0 : 1;
        TableReplica replica = new TableReplica(spec, hasher, me, random.nextLong(), clock, backlogBytes, events);
        replica.comparison().every(digestIntervalMillis);
        return replica;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addLink(ServiceReference<HeartbeatLink> reference, HeartbeatLink link) {
        if (links.size() >= Limits.LINKS) {
            LOG.log(System.Logger.Level.ERROR, "Link ''{0}'' is not used: there are {1} links already. Remove one.", link.name(),
                    Limits.LINKS);
            return;
        }
        PeerLink added = new PeerLink(link, member, settings, type -> tables.get(type).cost());
        links.put(reference, added);
        threads.run(added::open);
    }

    void removeLink(ServiceReference<HeartbeatLink> reference) {
        PeerLink gone = links.remove(reference);
        if (gone != null) {
            gone.close();
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addListener(ServiceReference<RoleListener> reference, RoleListener listener) {
        announcer.add(reference, listener);
    }

    void removeListener(ServiceReference<RoleListener> reference) {
        announcer.remove(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addMessageListener(ServiceReference<PeerMessageListener> reference, PeerMessageListener listener) {
        desk.add(reference, listener);
    }

    void removeMessageListener(ServiceReference<PeerMessageListener> reference) {
        desk.remove(reference);
    }

    @Override
    public boolean send(String topic, byte[] message) {
        return member.messages().send(topic, message);
    }

    @Override
    public void message(String topic, byte[] message) {
        desk.received(topic, message);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addLocal(ServiceReference<LocalTable> reference, LocalTable table) {
        localTables.add(reference, table);
    }

    void removeLocal(ServiceReference<LocalTable> reference) {
        localTables.remove(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addItem(ServiceReference<MonitoredItem> reference, MonitoredItem item) {
        monitoredItems.add(reference, item);
    }

    void removeItem(ServiceReference<MonitoredItem> reference) {
        monitoredItems.remove(reference);
    }

    private BackupTiming timing() {
        return member.quick() ? BackupTiming.QUICK : BackupTiming.DEFAULT;
    }

    private void tick() {
        try {
            long now = Threads.now();
            monitoredItems.tick(now);
            member.tick(now);
            commands.tick(now);
            checks.tick(now);
            String whyNoData = member.whyNoData(now);
            SyncNews news = new SyncNews(settings.peer());
            for (BackedUpTable table : tables.values()) {
                table.checkDeadline(now, handlerDeadlineMillis);
                table.tick(now);
                table.tellDrift(settings.peer());
                table.tellImpatience();
                if (table.replica() != null && !parting) {
                    TableState state = table.replica().state();
                    table.cost().tick(now, state);
                    String detail = StatusView.detail(state, settings, whyNoData);
                    table.tell(news, state.entries(), detail);
                }
            }
            news.tell();
        } catch (RuntimeException e) {
            // The clock must go on whatever happens.
            LOG.log(System.Logger.Level.ERROR, "The engine's clock failed once and goes on", e);
        }
    }

    @Override
    public void roleChanged(Role from, Role to, String reason, int peerPriority) {
        LOG.log(System.Logger.Level.INFO, "{0}: {1} -> {2}: {3}.", settings.firewall(), from.label(), to.label(), reason);
        announced = new RoleChange(from, to, settings.share(to), reason, Instant.now(), member.priority(), peerPriority,
                member.handingOver());
        announcer.announce(announced);
    }

    @Override
    public void lost(String cause, Map<String, Shortfall> shortfalls) {
        losses.add(Instant.now(), cause, shortfalls);
    }

    @Override
    public void handoverEnded(HandoverEnd end) {
        LOG.log(end.done() ? System.Logger.Level.INFO : System.Logger.Level.WARNING, "{0}: {1}",
                end.commanded() ? "Switchover" : "Handover", end.message());
        if (end.done()) {
            announcer.handedOver();
        }
        if (end.commanded()) {
            commands.switchoverEnded(end, Threads.now(), threads);
        }
    }

    @Override
    public void splitBrain(SplitBrain report) {
        splitBrains.add(report, Instant.now());
    }

    @Override
    public void hellosDiffer(Hellos here, Hellos there, Hellos agreed) {
        LOG.log(System.Logger.Level.WARNING, "Peer {0} counts {1}, this firewall {2}. Both keep to {3}: {4} ms until the other is down. "
                + "Give both the same hello_interval_ms and hello_misses.", settings.peer(), there, here, agreed,
                Long.toString(agreed.detectionMillis()));
    }

    @Override
    public void peerSwitchedQuickBackup(boolean on) {
        LOG.log(System.Logger.Level.INFO, "Quick backup is {0}, as {1} asks.", on ? "on" : "off", settings.peer());
    }

    @Override
    public boolean valid() {
        return member.leaseValid(Threads.now());
    }

    @Override
    public GroupStatus status() {
        long now = Threads.now();
        List<GroupStatus.LinkStatus> linkStates = new ArrayList<>();
        links.entrySet().stream().sorted(Map.Entry.comparingByKey(Comparator.reverseOrder()))
                .forEach(link -> linkStates.add(link.getValue().status(now)));
        return StatusView.of(settings, member, announced, linkStates, monitoredItems.status(), tables.values(), localTables,
                losses.list(), splitBrains.list(), now);
    }

    @Override
    public CompletionStage<Verdict> switchover() {
        return commands.switchover(Threads.now());
    }

    @Override
    public CompletionStage<Verdict> sync() {
        return commands.sync(Threads.now());
    }

    @Override
    public CompletionStage<CheckReport> check() {
        return checks.check(Threads.now());
    }

    @Override
    public CompletionStage<Verdict> quickBackup(boolean on) {
        member.quickBackup(on);
        boolean told = member.peer(Threads.now()).role() != null;
        return CompletableFuture.completedFuture(new Verdict(told, "Quick backup is " + (on ? "on" : "off")
                + (told ? " on both firewalls." : " here; the peer is not heard and must be switched when it is back."), 0));
    }

    @Override
    public List<EntryView> entries(String type, int limit, String after) {
        BackedUpTable table = tables.get(type);
        HandlerInfo handler = table == null ? null : table.handler();
        if (table != null && table.keeping().keeper() != null) {
            throw new IllegalArgumentException("Table '" + type + "' has no handler here that could show its entries; "
                    + table.keeping().kept() + " of " + settings.peer() + " are kept until there is one.");
        }
        if (handler == null) {
            throw new IllegalArgumentException("There is no backed-up table '" + type + "' here. Tables: "
                    + String.join(", ", tables.keySet()) + ".");
        }
        List<EntryView> page = new EntryPage(limit, after, timing()).read(handler.handler());
        return OwnerNames.of(settings.firewall(), settings.peer()).in(page);
    }
}
