/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.table;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

import twinwall.firewall.PeerAnswer;
import twinwall.firewall.TableWatcher;

/**
 * Who hears of the changes of one table. Told, added and taken out under the firewall's lock only.
 *
 * @param <E> the entry
 */
public final class Watchers<E extends Record> {

    private static final Logger LOG = System.getLogger("twinwall.firewall.embedded");

    private final String table;
    private final Lock lock;
    private volatile List<Watching> watching = List.of();
    private Supplier<PeerAnswer> answers = () -> null;

    public Watchers(String table, Lock lock) {
        this.table = table;
        this.lock = lock;
    }

    /** Whether nobody listens, so that no entry need be built. */
    public boolean none() {
        return watching.isEmpty();
    }

    /** Who is told, entry by entry, whether the peer has it; {@code null} for nobody. Said once, before the first packet. */
    public void answers(Supplier<PeerAnswer> asking) {
        answers = asking;
    }

    /** Tells of a new or changed entry. */
    public void changed(E entry) {
        for (Watching each : watching) {
            PeerAnswer answer = answers.get();
            try {
                if (answer == null) {
                    each.watcher.changed(entry);
                } else {
                    each.watcher.changed(entry, answer);
                }
            } catch (RuntimeException e) {
                each.failed(e);
            }
        }
    }

    /** Tells of an entry that is gone. */
    public void removed(E last) {
        for (Watching each : watching) {
            try {
                each.watcher.removed(last);
            } catch (RuntimeException e) {
                each.failed(e);
            }
        }
    }

    /** Tells a watcher from now on, until what is returned is closed. */
    public AutoCloseable add(TableWatcher<? super E> watcher) {
        Watching added = new Watching(watcher);
        change(added, true);
        return () -> change(added, false);
    }

    private void change(Watching one, boolean in) {
        lock.lock();
        try {
            List<Watching> now = new ArrayList<>(watching);
            now.remove(one);
            if (in) {
                now.add(one);
            }
            watching = List.copyOf(now);
        } finally {
            lock.unlock();
        }
    }

    /** One watcher; an identity of its own, because a watcher may be added twice. */
    private final class Watching {

        private final TableWatcher<? super E> watcher;
        private boolean told;

        Watching(TableWatcher<? super E> watcher) {
            this.watcher = watcher;
        }

        void failed(RuntimeException e) {
            if (!told) {
                told = true;
                LOG.log(Level.WARNING, "Table ''{0}'': a watcher failed, so the peer may lack a change. Packets flow on. "
                        + "This watcher''s further failures are not told.", table);
                LOG.log(Level.DEBUG, "The watcher's failure", e);
            }
        }
    }
}
