/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import twinwall.group.GroupStatus;
import twinwall.group.GroupStatus.LinkStatus;
import twinwall.group.GroupStatus.Loss;
import twinwall.group.GroupStatus.MonitoredItemStatus;
import twinwall.group.GroupStatus.PeerStatus;
import twinwall.group.GroupStatus.SplitBrain;
import twinwall.group.RoleChange;
import twinwall.group.TableStatus;
import twinwall.protocol.Member;
import twinwall.protocol.MemberSettings;
import twinwall.protocol.PeerState;
import twinwall.protocol.TableState;

/** What an operator sees, put together from what the parts know. */
final class StatusView {

    private StatusView() {
    }

    static GroupStatus of(MemberSettings settings, Member member, RoleChange role, List<LinkStatus> links, List<MonitoredItemStatus> items,
            Collection<BackedUpTable> tables, LocalTables local, List<Loss> losses, List<SplitBrain> splitBrains, long now) {
        PeerState peer = member.peer(now);
        String whyNoData = member.whyNoData(now);
        List<TableStatus> tableStates = new ArrayList<>();
        for (BackedUpTable table : tables) {
            if (table.replica() != null) {
                tableStates.add(table(table, table.replica().state(), settings, whyNoData, now));
            }
        }
        tableStates.addAll(local.status(tableStates.stream().map(TableStatus::type).toList()));
        List<String> notReady = member.notReady();
        return new GroupStatus(settings.firewall(), settings.roles().networking(), member.role(), notReady.isEmpty(), notReady,
                member.quick(), member.priority(), settings.priority(), member.failedItems(), member.outlook(now), role.at(),
                role.reason(), new PeerStatus(settings.peer(), peer.role(), peer.ready(), peer.priority(), peer.heardMillis(),
                        member.hellos().intervalMillis(), member.hellos().misses()), links, items, tableStates, losses, splitBrains,
                dropped(tables, member));
    }

    private static Map<String, Long> dropped(Collection<BackedUpTable> tables, Member member) {
        long overflows = tables.stream().filter(table -> table.replica() != null).mapToLong(table ->
                table.replica().state().overflows()).sum();
        Map<String, Long> dropped = new TreeMap<>(member.messages().refused());
        dropped.put("backlog-overflow", overflows);
        dropped.put("kept-over-limit", tables.stream().mapToLong(table -> table.keeping().dropped()).sum());
        dropped.put("entry-over-limit", tables.stream().mapToLong(BackedUpTable::refused).sum());
        return dropped;
    }

    private static TableStatus table(BackedUpTable table, TableState state, MemberSettings settings, String whyNoData, long now) {
        HandlerInfo handler = table.handler();
        HandlerFigures.Figures figures = table.figures();
        return new TableStatus(state.spec().type(), true, state.entries(), state.lag(), state.lagMillis(), state.atRisk(),
                table.replica().comparison().state().drift(),
                inSync(state) && whyNoData.isEmpty(), detail(state, settings, whyNoData), state.changes(), state.bytes(),
                state.applied(), state.conflicts(), notDue(figures, state), figures.refused(),
                HandlerView.handler(handler), table.cost().price(now, state), table.keeping().kept(), HandlerView.state(handler, state),
                HandlerView.state(state.peer()), HandlerView.handler(state.peer()));
    }

    private static long notDue(HandlerFigures.Figures figures, TableState state) {
        return figures.size() < 0 ? -1 : Math.max(0, figures.size() - state.entries());
    }

    /** Both ways: the peer has this firewall's entries and this firewall has the peer's. */
    static boolean inSync(TableState state) {
        return state.delivered() && state.complete() && !state.spec().kept() && !state.keptByPeer();
    }

    /**
     * Why a table is not in sync with the peer; empty when it is.
     *
     * @param whyNoData why nothing reaches the peer; empty when all does
     */
    static String detail(TableState state, MemberSettings settings, String whyNoData) {
        if (inSync(state)) {
            return whyNoData;
        }
        if (state.spec().kept() && state.restoreFailure().isEmpty()) {
            return "waiting for a handler on " + settings.firewall() + ", which keeps " + state.entries() + " entries until then";
        }
        if (!state.restoreFailure().isEmpty()) {
            return "the peer's entries cannot be taken: " + state.restoreFailure();
        }
        if (state.handler() && state.notOffered() && whyNoData.isEmpty() && !state.detail().equals(TableState.NO_TLS)) {
            return "waiting for a handler on " + settings.peer();
        }
        if (state.delivered() && state.keptByPeer()) {
            return "waiting for a handler on " + settings.peer() + ", which keeps the entries until then";
        }
        return state.delivered() ? "still being copied from the peer" : state.detail();
    }
}
