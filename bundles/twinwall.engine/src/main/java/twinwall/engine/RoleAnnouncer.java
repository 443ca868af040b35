/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import org.osgi.framework.ServiceReference;
import twinwall.group.RoleChange;
import twinwall.group.RoleListener;

/** Tells every {@link RoleListener} each role change, in order, on one thread, and new ones the present role. */
final class RoleAnnouncer {

    private static final System.Logger LOG = System.getLogger("twinwall.engine");

    private final Executor lane;
    private final Runnable known;
    private final Map<ServiceReference<RoleListener>, RoleListener> listeners = new ConcurrentHashMap<>();
    private volatile RoleChange last;

    /** {@code known} is run for each role once every listener has heard of it. */
    RoleAnnouncer(Executor lane, Runnable known) {
        this.lane = lane;
        this.known = known;
    }

    void add(ServiceReference<RoleListener> reference, RoleListener listener) {
        listeners.put(reference, listener);
        lane.execute(() -> {
            if (last != null) {
                tell(listener, last);
            }
        });
    }

    void remove(ServiceReference<RoleListener> reference) {
        listeners.remove(reference);
    }

    void announce(RoleChange change) {
        lane.execute(() -> {
            last = change;
            listeners.values().forEach(listener -> tell(listener, change));
            known.run();
        });
    }

    /** The peer does what the last change took from this firewall. */
    void handedOver() {
        lane.execute(() -> listeners.values().forEach(listener -> told(listener, "the handover", listener::handedOver)));
    }

    /** Tells every listener on the calling thread, after which nothing more is announced. */
    void announceNow(RoleChange change) {
        listeners.values().forEach(listener -> tell(listener, change));
        listeners.clear();
    }

    private static void tell(RoleListener listener, RoleChange change) {
        told(listener, "the change to " + change.to().label(), () -> listener.roleChanged(change));
    }

    private static void told(RoleListener listener, String what, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.log(System.Logger.Level.ERROR, "Role listener {0} failed on {1}: {2}. The others have been told.",
                    listener.getClass().getName(), what, e);
        }
    }
}
