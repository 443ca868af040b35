/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** One firewall from start to stop, in this process. */
final class RunningNode {

    private static final String BUNDLES = "twinwall.bundles";
    private static final long STOP_MILLIS = 10_000;
    private static final long ENGINE_MILLIS = 5_000;

    private final ConfigFolder folder;
    private final Set<String> without;
    private final boolean shell;
    private final AtomicInteger exitStatus = new AtomicInteger();
    private System.Logger log;
    /** Held until the process ends: a file channel that nobody refers to is closed, and its lock released, by the garbage collector. */
    private AutoCloseable lock;
    private volatile boolean stopping;

    RunningNode(ConfigFolder folder, Set<String> without, boolean shell) {
        this.folder = folder;
        this.without = without;
        this.shell = shell;
    }

    /** Runs until the framework stops; a signal ends the process with status 0 after a clean stop. */
    int run(boolean verbose) throws IOException, Refusal, InterruptedException {
        folder.validate();
        OneLine.install(verbose);
        log = System.getLogger("twinwall.node");
        lock = folder.lock();
        folder.prepare(line -> log.log(Level.WARNING, line), line -> log.log(Level.INFO, line));
        BundleFramework framework = BundleFramework.in(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(framework), "twinwall-stop"));
        start(framework);
        log.log(Level.INFO, started(framework));
        if (!framework.awaitStop(ENGINE_MILLIS)) {
            if (!framework.offers("twinwall.group.HotStandbyGroup")) {
                log.log(Level.ERROR, "No engine has come up: nothing is backed up and nothing is forwarded. The lines above may say why.");
            }
            framework.awaitStop(0);
        }
        return 0;
    }

    private void start(BundleFramework framework) throws Refusal, InterruptedException {
        try {
            framework.start(bundleFolders(), without);
        } catch (Refusal | IllegalStateException e) {
            if (stopping) {
                // Told to stop while starting: bundles fail to start for that reason alone. The process is about to end.
                Thread.currentThread().join();
            }
            exitStatus.set(e instanceof Refusal refusal ? refusal.exitStatus() : Refusal.NOT_STARTED);
            throw e;
        }
    }

    private String started(BundleFramework framework) throws Refusal {
        String url = framework.serviceProperty("twinwall.management.url");
        long millis = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
        return "Firewall " + folder.firewall() + " started in " + millis + " ms. Config " + folder.path()
            + ", management " + (url == null ? "off" : url);
    }

    private List<Path> bundleFolders() throws Refusal {
        String folder = System.getProperty(BUNDLES);
        if (folder == null) {
            throw new Refusal(Refusal.NOT_STARTED, "The system property " + BUNDLES + " must name the folder with the bundles.");
        }
        Path node = Path.of(folder);
        return shell ? List.of(node, node.resolveSibling("shell")) : List.of(node);
    }

    /** Ends with our own status: the JVM would answer a signal with 128 + its number, which says failure to whoever asked for a stop. */
    private void end(BundleFramework framework) {
        stopping = true;
        int status = exitStatus.get();
        if (!framework.stop(STOP_MILLIS)) {
            log.log(Level.WARNING, "The bundles did not stop within " + STOP_MILLIS + " ms. The process ends all the same.");
        } else if (status == 0) {
            log.log(Level.INFO, "Stopped.");
        }
        Runtime.getRuntime().halt(status);
    }
}
