/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.shell;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

import twinwall.group.GroupStatus;
import twinwall.group.HandlerState;
import twinwall.group.TableStatus;
import twinwall.group.TableStatus.HandlerStatus;

/** What the commands show of handlers on both firewalls. */
final class Handlers {

    private static final String NONE = "-";

    private Handlers() {
    }

    /** Two lines for each table: this firewall's handler and the peer's. */
    static String page(GroupStatus status) {
        Columns columns = new Columns("TABLE", "ON", "STATE", "BUNDLE", "VERSION", "SCHEMA", "SINCE", "REFUSED", "");
        for (TableStatus table : backedUp(status)) {
            row(columns, table.type(), status.firewall(), table.state(), table.handler(),
                    table.refused().values().stream().mapToLong(Long::longValue).sum(), table.detail());
            row(columns, table.type(), status.peer().firewall(), table.peerState(), table.peerHandler(), NONE, "");
        }
        return columns.text();
    }

    private static void row(Columns columns, String type, String firewall, HandlerState state, HandlerStatus handler, Object refused,
            String detail) {
        columns.row(type, firewall, StatusText.label(state), handler == null ? NONE : told(handler.bundle()),
                handler == null ? NONE : told(handler.version()), handler == null ? NONE : handler.schema(),
                handler == null || handler.since() == null ? NONE : handler.since().truncatedTo(ChronoUnit.SECONDS), refused, detail);
    }

    private static String told(String text) {
        return text.isEmpty() ? "?" : text;
    }

    /** The version of a handler that works; else how it stands. */
    static String version(HandlerState state, HandlerStatus handler) {
        if (handler == null) {
            return StatusText.label(state);
        }
        return told(handler.version()) + (state == HandlerState.WORKING ? "" : " " + StatusText.label(state));
    }

    /** Tables that the two do not back up by the same handler, in one line; empty when there is none, or the peer has not told. */
    static String differing(GroupStatus status) {
        List<String> differing = backedUp(status).stream().filter(Handlers::differ).map(table -> table.type() + " ("
                + version(table.state(), table.handler()) + ", there " + version(table.peerState(), table.peerHandler()) + ")").toList();
        return differing.isEmpty() ? "" : "handlers differ from those of " + status.peer().firewall() + ": "
                + String.join(", ", differing);
    }

    private static boolean differ(TableStatus table) {
        if (table.peerState() == HandlerState.UNKNOWN) {
            return false;
        }
        HandlerStatus here = table.handler();
        HandlerStatus there = table.peerHandler();
        if (here == null || there == null) {
            return here != there;
        }
        // A peer that does not name its bundle may have the same.
        return here.schema() != there.schema() || !there.bundle().isEmpty()
                && !(here.bundle().equals(there.bundle()) && Objects.equals(here.version(), there.version()));
    }

    private static List<TableStatus> backedUp(GroupStatus status) {
        return status.tables().stream().filter(TableStatus::backedUp).toList();
    }
}
