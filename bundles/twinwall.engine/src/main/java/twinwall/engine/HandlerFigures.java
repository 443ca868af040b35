/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

import twinwall.spi.TableHandler;

/**
 * What a handler says of its table when the status is asked for. It is asked on a thread of its own, so that a handler that hangs costs the
 * status {@value #PATIENCE_MILLIS} ms, once.
 */
final class HandlerFigures {

    private static final System.Logger LOG = System.getLogger("twinwall.engine");
    private static final long PATIENCE_MILLIS = 200;
    private static final int MOST_REASONS = 32;
    private static final Pattern REASON = Pattern.compile("[a-z0-9-]{1,64}");

    private final HandlerInfo info;
    private final Threads threads;
    private CompletableFuture<Figures> asked = CompletableFuture.completedFuture(Figures.UNKNOWN);
    private boolean late;
    private Figures last = Figures.UNKNOWN;
    private boolean complained;

    /**
     * What it says.
     *
     * @param size entries in the firewall's table, due or not; -1 when not known
     * @param refused entries of the peer that the firewall did not take, by reason
     */
    record Figures(long size, Map<String, Long> refused) {

        static final Figures UNKNOWN = new Figures(-1, Map.of());
    }

    HandlerFigures(HandlerInfo info, Threads threads) {
        this.info = info;
        this.threads = threads;
    }

    /** As it says now; as it said before while it does not answer. */
    Figures now() {
        CompletableFuture<Figures> answer;
        long patience;
        synchronized (this) {
            if (asked.isDone()) {
                late = false;
                asked = new CompletableFuture<>();
                CompletableFuture<Figures> question = asked;
                threads.run(() -> question.complete(ask()));
            }
            answer = asked;
            patience = late ? 0 : PATIENCE_MILLIS;
        }
        try {
            return answered(answer.get(patience, TimeUnit.MILLISECONDS), false);
        } catch (TimeoutException | ExecutionException e) {
            return answered(null, true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return answered(null, false);
        }
    }

    private synchronized Figures answered(Figures figures, boolean tooLate) {
        late |= tooLate;
        last = figures == null ? last : figures;
        return last;
    }

    private Figures ask() {
        try {
            TableHandler handler = info.handler();
            Map<String, Long> refused = new TreeMap<>();
            handler.refused().forEach((reason, count) -> {
                if (refused.size() < MOST_REASONS && REASON.matcher(reason).matches()) {
                    refused.put(reason, count);
                }
            });
            return new Figures(Math.max(-1, handler.size()), Collections.unmodifiableMap(refused));
        } catch (RuntimeException | LinkageError e) {
            if (!complained) {
                complained = true;
                LOG.log(System.Logger.Level.WARNING, "Table ''{0}'': handler {1} cannot say how many entries there are and which it "
                        + "refused: {2}. The table is backed up all the same.", info.type(), info, e);
            }
            return Figures.UNKNOWN;
        }
    }
}
