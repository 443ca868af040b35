/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol.simulation;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import twinwall.group.Role;
import twinwall.protocol.Applier;
import twinwall.protocol.Keeper;
import twinwall.protocol.KeptDelivery;

/** Keeps the peer's entries while a {@link SimTable} has no handler, as an engine does. */
final class SimKeeper {

    private final SimTable table;
    private final SimFirewall firewall;
    private final World world;
    private Keeper keeper;
    private Applier applier;
    private boolean delivering;

    SimKeeper(SimTable table, SimFirewall firewall, World world) {
        this.table = table;
        this.firewall = firewall;
        this.world = world;
    }

    boolean keeps() {
        return keeper != null && !table.handlerHere && !delivering;
    }

    /** A handler is being given what was kept. */
    boolean delivering() {
        return delivering;
    }

    /** Something waits for a handler. */
    boolean waits() {
        return keeper != null;
    }

    Applier applier() {
        return applier;
    }

    /** Begins when there is something to keep: an active firewall has what counts itself. */
    void begin() {
        boolean wanted = !table.handlerHere && keeper == null && !table.applying && firewall.known != Role.ACTIVE
                && table.replica.keepable() != null;
        if (wanted) {
            world.trace(firewall + " " + table.type + " is kept");
            keeper = new Keeper(table.type, table.replica.keepable(), table.replica.confidential(), firewall.keptSpace);
            applier = new Applier(table.replica, keeper);
            keeper.begin(table.replica);
        }
    }

    void failed(IOException cause) {
        world.trace(firewall + " " + table.type + " cannot be kept: " + cause.getMessage());
        keeper.failed(table.replica, cause, firewall.now());
    }

    void retry() {
        if (keeper.over(table.replica)) {
            world.trace(firewall + " " + table.type + " is kept anew");
            world.oracle.droppedOnPurpose(table);
            keeper = keeper.next(table.replica);
            applier = keeper == null ? null : new Applier(table.replica, keeper);
            if (keeper != null) {
                keeper.begin(table.replica);
            }
        } else {
            keeper.retry(table.replica, firewall.now());
        }
    }

    /** Gives what is kept to the handler that comes, and goes again when it fails. */
    void deliver() {
        delivering = true;
        try {
            KeptDelivery delivery = new KeptDelivery(table.replica, keeper.kept(), table);
            delivery.deliver(table.spec, firewall.known.forwards());
            table.handlerHere = true;
            world.trace(firewall + " " + table.type + " was given " + delivery.delivered() + " kept entries, not "
                    + delivery.passedOver());
            keeper.kept().clear();
            keeper = null;
        } catch (SimTable.HandlerFailure e) {
            world.trace(firewall + " " + table.type + " handler fails to take what was kept");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            delivering = false;
        }
    }

    /** What is kept, as it is now. */
    Map<String, String> content() {
        Map<String, String> content = new HashMap<>();
        if (keeper != null) {
            try {
                keeper.kept().visit((key, value, soft) -> content.put(SimTable.text(key), SimTable.text(value)));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return content;
    }
}
