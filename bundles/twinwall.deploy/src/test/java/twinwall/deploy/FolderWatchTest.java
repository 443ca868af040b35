/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FolderWatchTest {

    private static final Logger LOG = Logger.getLogger(DeployConfig.PID);

    private final Semaphore passes = new Semaphore(0);
    private final Semaphore watches = new Semaphore(0);
    private volatile Throwable failure;
    private volatile boolean wanted = true;
    private final FolderWatch watch = new FolderWatch(new FolderWatch.Looks() {

        @Override
        public boolean wanted() {
            return wanted;
        }

        @Override
        public void pass() {
            passes.release();
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
        }

        @Override
        public boolean watch() {
            watches.release();
            return false;
        }
    }, 1);

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Handler log = new Handler() {

        @Override
        public void publish(LogRecord entry) {
            told.add(entry.getLevel() + " " + entry.getThrown());
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(log);
        LOG.setUseParentHandlers(false);
    }

    @AfterEach
    void end() throws InterruptedException {
        watch.end();
        LOG.removeHandler(log);
        LOG.setUseParentHandlers(true);
    }

    private static void await(Semaphore looks, int many) throws InterruptedException {
        looks.drainPermits();
        assertThat(looks.tryAcquire(many, 30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aLookThatGoesWrongIsToldOnceAndTheNextIsMade() throws Exception {
        failure = new IllegalStateException("invalid bundle context");
        watch.begin();
        await(passes, 5);
        assertThat(told).containsExactly("SEVERE java.lang.IllegalStateException: invalid bundle context");
        failure = new NoClassDefFoundError("gone");
        await(passes, 5);
        assertThat(told).hasSize(2).last().asString().endsWith("NoClassDefFoundError: gone");
        assertThat(watches.availablePermits()).as("after a pass that failed").isZero();
        failure = null;
        await(watches, 5);
        failure = new NoClassDefFoundError("gone");
        await(passes, 5);
        assertThat(told).as("it had gone well in between").hasSize(3);
    }

    @Test
    void nothingIsLookedAtWhileNobodyWantsHandlers() throws Exception {
        wanted = false;
        watch.begin();
        watch.end();
        assertThat(passes.availablePermits()).isZero();
        assertThat(told).isEmpty();
    }
}
