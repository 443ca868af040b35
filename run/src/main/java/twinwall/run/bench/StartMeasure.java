/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** How long the second firewall of a pair takes from the start of its process until it is ready, with default settings. */
final class StartMeasure implements Measure {

    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final long POLL_NANOS = 2_000_000L;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String about() {
        return "time from process start to ready";
    }

    @Override
    public List<Row> run(Workshop workshop) throws IOException, InterruptedException {
        BenchPair pair = BenchPair.plan(workshop, name()).make(workshop);
        pair.startA().await("active", BenchPair.PATIENCE_SECONDS, status -> status.text("role").equals("active"));
        int rounds = workshop.quick() ? 1 : 5;
        double[] ready = new double[rounds];
        double[] answering = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            BenchNode b = pair.startB();
            answering[round] = (firstAnswer(b) - b.startedNanos()) / 1e9;
            ready[round] = (b.await("ready", 60, status -> status.flag("ready")).number("nanos") - b.startedNanos()) / 1e9;
            workshop.tell("ready after " + Numbers.text(ready[round]) + " s");
            b.close();
            pair.a().await("alone", 60, status -> !status.flag("running"));
        }
        Arrays.sort(ready);
        Arrays.sort(answering);
        return List.of(
                Row.of(name(), "process start to ready, second firewall, slowest of " + rounds, ready[rounds - 1], "s")
                        .against(Target.atMost(3)).with("fastest", ready[0]).with("median", ready[rounds / 2]),
                Row.of(name(), "process start to the management API's first answer, slowest of " + rounds, answering[rounds - 1], "s")
                        .with("fastest", answering[0]).with("median", answering[rounds / 2]));
    }

    private static long firstAnswer(BenchNode node) throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < end) {
            int port = node.side().managementPort();
            if (port > 0 && answers(port, node.side().token())) {
                return System.nanoTime();
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new IOException("the management API of " + node.name() + " did not answer within 60 s");
    }

    private static boolean answers(int port, String token) {
        try {
            HttpURLConnection http = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/api/status").toURL().openConnection();
            http.setRequestProperty("Authorization", "Bearer " + token);
            http.setConnectTimeout(1000);
            http.setReadTimeout(5000);
            boolean fine = http.getResponseCode() == 200;
            http.disconnect();
            return fine;
        } catch (IOException notYet) {
            return false;
        }
    }
}
