/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The tables of one firewall with their numbers on the wire, and what the peer offers. Changes are guarded by the {@link Member}; looking
 * through the tables needs no lock.
 */
final class GroupTables {

    private static final int MOST_TOLD = 4;

    private final List<NumberedTable> tables = new CopyOnWriteArrayList<>();
    private final TableOrder order = new TableOrder();
    private final Map<String, PeerOffer> unmatched = new HashMap<>();
    /** The running link, or the last one that was, has no TLS. */
    private boolean plain;
    /** Types that the peer offered last and that have never been here: it lacks them after its link is gone, too. */
    private List<String> foreign = List.of();

    /** A table that the peer offers on a connection under a number. */
    private record PeerOffer(Session session, int number, Offer offer) {
    }

    void add(TableReplica replica) {
        if (tables.size() >= Limits.TABLES) {
            throw new IllegalStateException("more than " + Limits.TABLES + " tables");
        }
        tables.add(new NumberedTable(tables.size(), replica));
        replica.needs().join(order);
    }

    /** Takes an offer that came before its table. */
    void takeOfferFor(TableReplica replica) {
        PeerOffer waiting = unmatched.remove(replica.spec().type());
        if (waiting != null) {
            take(find(replica.spec().type()), waiting);
        }
    }

    /**
     * The peer offers a table on the running link.
     *
     * @return false when there is no such table here; the offer is kept until there is
     */
    boolean offered(Session session, int number, String type, Offer offer) {
        PeerOffer made = new PeerOffer(session, number, offer);
        NumberedTable table = find(type);
        if (table != null) {
            take(table, made);
            return true;
        }
        unmatched.values().removeIf(other -> other.number() == number);
        unmatched.put(type, made);
        return false;
    }

    private static void take(NumberedTable table, PeerOffer made) {
        table.peerNumber(made.number());
        made.session().peerTables().adopt(made.number(), table.replica());
        table.replica().traffic().offered(made.session(), made.offer());
    }

    void withdrawn(Session session, int number, TableReplica replica) {
        if (replica != null) {
            replica.traffic().withdrawn(session);
        } else {
            unmatched.values().removeIf(made -> made.session() == session && made.number() == number);
        }
    }

    /** Another connection carries the data from now on, or none when {@code next} is null; the other tells why. */
    void run(Session next, String whyNot) {
        foreign = next != null ? List.of() : unmatched.isEmpty() ? foreign : List.copyOf(unmatched.keySet());
        unmatched.clear();
        plain = next == null ? plain : !next.connection().confidential();
        for (NumberedTable table : tables) {
            if (next == null) {
                table.replica().traffic().disconnected(whyNot);
            } else {
                table.peerNumber(-1);
                table.replica().traffic().connected(next, next.connection().confidential());
            }
        }
    }

    /** The table of this type, or null. */
    NumberedTable find(String type) {
        for (NumberedTable table : tables) {
            if (table.replica().spec().type().equals(type)) {
                return table;
            }
        }
        return null;
    }

    /** The table with this firewall's number, or null. */
    TableReplica get(int number) {
        return number < tables.size() ? tables.get(number).replica() : null;
    }

    List<NumberedTable> all() {
        return tables;
    }

    /** Writes the watermarks of tables that have changed more than the last one said they might; false when there is none. */
    boolean writeDueWatermarks(ByteBuffer into) {
        List<NumberedTable> due = new ArrayList<>(0);
        for (NumberedTable table : tables) {
            if (table.replica().traffic().watermarkDue()) {
                due.add(table);
            }
        }
        if (!due.isEmpty()) {
            into.put((byte) FrameType.WATERMARKS);
            writeWatermarks(into, due, false);
        }
        return !due.isEmpty();
    }

    static void writeWatermarks(ByteBuffer into, List<NumberedTable> of, boolean regular) {
        Wire.putNumber(into, of.size());
        for (NumberedTable table : of) {
            Watermark watermark = table.replica().traffic().watermark(table.number(), regular);
            Wire.putNumber(into, watermark.table());
            Wire.putNumber(into, watermark.sent());
            Wire.putNumber(into, watermark.unsent());
            Wire.putNumber(into, watermark.reserve());
            Wire.putNumber(into, watermark.entries());
        }
    }

    /** The largest clock of all. */
    long clock() {
        return tables.stream().mapToLong(table -> table.replica().clock()).max().orElse(0);
    }

    /** What this firewall never got from its peer, per table type. */
    Map<String, Shortfall> shortfalls(boolean heardOut) {
        Map<String, Shortfall> losses = new LinkedHashMap<>();
        for (NumberedTable table : tables) {
            Shortfall known = table.replica().shortfall();
            losses.put(table.replica().spec().type(), new Shortfall(known.lost(), known.exact() && heardOut));
        }
        return losses;
    }

    /** Whether the peer has every table and none is being sent again. */
    boolean allDelivered() {
        for (NumberedTable table : tables) {
            if (!table.replica().deliveredOrNotHere()) {
                return false;
            }
        }
        return true;
    }

    /** The tables that the peer does not have, with the reason of each, for the middle of a sentence; empty when it has all. */
    String undelivered() {
        List<String> lacking = new ArrayList<>();
        for (NumberedTable table : tables) {
            TableState state = table.replica().state();
            if (state.handler() && (!state.delivered() || state.snapshotUnderWay())) {
                lacking.add(state.spec().type() + " (" + (state.delivered() ? "sent again" : state.detail()) + ")");
            } else if (!table.replica().takenWhole()) {
                lacking.add(state.spec().type() + " (the peer's entries are on their way)");
            }
        }
        return shortened(lacking);
    }

    /** The tables of the peer that are not here, for the middle of a sentence; empty when all are. */
    String incomplete() {
        List<String> lacking = new ArrayList<>(unmatched.keySet());
        for (NumberedTable table : tables) {
            if (lacks(table.replica().state())) {
                lacking.add(table.replica().spec().type());
            }
        }
        return shortened(lacking);
    }

    private static String shortened(List<String> names) {
        int more = names.size() - MOST_TOLD;
        return String.join(", ", names.subList(0, Math.min(MOST_TOLD, names.size()))) + (more > 0 ? " and " + more + " more" : "");
    }

    private boolean lacks(TableState state) {
        return !state.notOffered() && (!state.handler() || state.spec().kept() || !state.complete()) || !state.restoreFailure().isEmpty()
                || plain && state.handler() && state.spec().sensitive() && !state.spec().kept();
    }

    /** Whether the peer has every table, and none of its own is on its way whole. */
    boolean settled() {
        for (NumberedTable table : tables) {
            if (!table.replica().takenWhole()) {
                return false;
            }
        }
        return allDelivered();
    }

    /** What of the peer's tables is not here, one line each. */
    List<String> lacking(String peer) {
        List<String> reasons = new ArrayList<>();
        List<String> secrets = new ArrayList<>();
        for (NumberedTable table : tables) {
            TableState state = table.replica().state();
            if (state.spec().kept() && !state.notOffered()) {
                reasons.add("Table '" + state.spec().type() + "' has no handler here; " + state.entries() + " entries of " + peer
                        + " are kept until there is one.");
            } else if (!state.handler() && !state.notOffered()) {
                reasons.add("Table '" + state.spec().type() + "' has no handler here.");
            } else if (!state.restoreFailure().isEmpty()) {
                reasons.add("Table '" + state.spec().type() + "' cannot take the peer's entries: " + state.restoreFailure());
            } else if (!state.notOffered() && !state.complete()) {
                reasons.add("Table '" + state.spec().type() + "' is still being copied from " + peer + ".");
            } else if (plain && state.handler() && state.spec().sensitive() && !state.spec().kept()) {
                secrets.add(state.spec().type());
            }
        }
        if (!secrets.isEmpty()) {
            reasons.add("Sensitive tables are not sent over a link without TLS: " + String.join(", ", secrets)
                    + ". Use TLS on the links of both firewalls, or remove the handlers of these tables.");
        }
        Stream.concat(unmatched.keySet().stream(), foreign.stream())
                .forEach(type -> reasons.add("Table '" + type + "' of " + peer + " has no handler here."));
        return reasons;
    }

    /** Entries that the peer has not confirmed, in all tables. */
    long lag() {
        return tables.stream().mapToLong(table -> table.replica().state().lag()).sum();
    }
}
