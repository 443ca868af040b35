/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.stage;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import twinwall.run.pair.NodeApi.RefusedException;
import twinwall.run.pair.NodeApi.Status;
import twinwall.run.trials.failure.Failure;
import twinwall.run.trials.failure.NotAsExpectedException;
import twinwall.run.trials.failure.Scene;
import twinwall.run.trials.traffic.Counts;
import twinwall.run.trials.traffic.Losses;
import twinwall.run.trials.traffic.Traffic;
import twinwall.run.trials.wiring.End;
import twinwall.run.trials.wiring.Wire;

/** One round: waits for a random moment under traffic, lets the failure happen, and looks what it has cost. For one thread. */
public final class Stage implements Scene {

    private static final int LEAST_PACKETS = 100;
    private static final int MOST_PACKETS = 700;
    private static final long POLL_NANOS = 2_000_000;
    private static final long PACKETS_WITHIN_NANOS = 120_000_000_000L;
    private static final String SESSIONS = "ipv4-session";
    private static final int SHOWN = 3;

    private final Timing timing;
    private final TrialPair pair;
    private final Traffic traffic;
    private final Load load;
    private final Random random;
    private final List<String> faults = new ArrayList<>();
    private final End active;
    private Losses losses = Losses.NONE;
    private long struck;
    private Instant struckAt;
    private int confirmed;

    /**
     * The pair is in sync now.
     *
     * @param load comes on before the failure and goes off behind it; with it the traffic's waves, if it wants those
     * @param random chooses the moment, and what the failure leaves open
     * @throws NotAsExpectedException when no firewall is active
     */
    public Stage(Timing timing, TrialPair pair, Traffic traffic, Load load, Random random) throws NotAsExpectedException {
        this.timing = timing;
        this.pair = pair;
        this.traffic = traffic;
        this.load = load;
        this.random = random;
        this.active = pair.active();
        if (active == null) {
            throw new NotAsExpectedException("no firewall is active");
        }
    }

    /**
     * Lets it happen, and waits until the pair is in sync again.
     *
     * @throws NotAsExpectedException when it could not even begin
     * @throws IOException when the traffic has ended
     */
    public Round run(Failure failure) throws IOException, NotAsExpectedException {
        pair.awaitSettled();
        load.on(true);
        letPass(LEAST_PACKETS + random.nextInt(MOST_PACKETS - LEAST_PACKETS));
        traffic.countAnew();
        strikes();
        try {
            failure.happen(this);
        } catch (NotAsExpectedException | RefusedException e) {
            faults.add(e.getMessage());
            pair.mend();
        }
        load.on(false);
        List<JsonObject> ledger = ledger();
        try {
            pair.awaitSettled();
        } catch (NotAsExpectedException e) {
            faults.add(e.getMessage());
        }
        checkConversations();
        Counts counts = traffic.counts();
        judge(failure, counts, lost(ledger));
        return new Round(confirmed, losses, lost(ledger), ledger.stream().allMatch(each -> each.get("exact").getAsBoolean()), counts,
                List.copyOf(faults));
    }

    private void judge(Failure failure, Counts counts, long ledger) {
        List<String> lost = losses.confirmed();
        expect(lost.isEmpty(), lost.size() + " confirmed sessions were lost: "
                + String.join(", ", lost.subList(0, Math.min(SHOWN, lost.size()))) + (lost.size() > SHOWN ? ", ..." : ""));
        expect(failure.mayLoseUnconfirmed() || losses.unconfirmed() == 0, losses.unconfirmed() + " sessions were lost that were due");
        expect(failure.handovers() < 0 || counts.handovers() <= failure.handovers(), "packets left by turns through both firewalls: the "
                + "role passed on " + counts.handovers() + " times, not " + failure.handovers());
        // What became due in the last moment could not be announced any more.
        expect(failure.handovers() != 1 || ledger >= losses.announced(), "the loss ledger has " + ledger + " sessions, but at least "
                + losses.announced() + " were lost that had been announced");
        for (TrialNode node : pair.nodes()) {
            expect(!node.endedByItself(), node.name() + " ended by itself. Its last lines:\n" + node.tail());
        }
    }

    /** What the firewalls' ledgers have of this failure for IPv4 sessions. */
    private List<JsonObject> ledger() {
        List<JsonObject> entries = new ArrayList<>();
        for (TrialNode node : pair.nodes()) {
            try {
                for (JsonElement each : node.status().json().getAsJsonArray("losses")) {
                    JsonObject loss = each.getAsJsonObject();
                    JsonObject tables = loss.getAsJsonObject("tables");
                    if (!Instant.parse(loss.get("at").getAsString()).isBefore(struckAt) && tables.has(SESSIONS)) {
                        entries.add(tables.getAsJsonObject(SESSIONS));
                    }
                }
            } catch (IOException e) {
                // It was killed and is not back yet: it has no ledger of this.
            }
        }
        return entries;
    }

    private static long lost(List<JsonObject> ledger) {
        return ledger.stream().mapToLong(each -> each.get("lost").getAsLong()).sum();
    }

    @Override
    public End active() {
        return active;
    }

    @Override
    public Random random() {
        return random;
    }

    @Override
    public List<Wire> wires() {
        return pair.wiring().wires();
    }

    @Override
    public Wire running() throws IOException {
        Status status = pair.node(active).status();
        for (Wire wire : wires()) {
            if (Scene.linkState(status, wire).equals("running")) {
                return wire;
            }
        }
        throw new IOException("no link of " + pair.node(active).name() + " runs");
    }

    @Override
    public long silenceMillis() {
        return timing.silenceMillis();
    }

    @Override
    public long stopMillis() {
        return timing.stopMillis();
    }

    @Override
    public void strikes() {
        struckAt = Instant.now();
        struck = System.nanoTime();
        confirmed = traffic.confirmedBefore(struck);
    }

    @Override
    public void kill(End end) throws IOException {
        pair.node(end).kill();
    }

    @Override
    public void restart(End end) throws IOException {
        pair.node(end).start();
    }

    @Override
    public void pause(End end) throws IOException {
        pair.node(end).pause();
        traffic.paused(end);
    }

    @Override
    public void resume(End end) throws IOException {
        traffic.resumed(end);
        pair.node(end).resume();
    }

    @Override
    public void switchOver(End from) throws IOException {
        pair.node(from).switchOver();
    }

    @Override
    public void await(End end, String what, Predicate<Status> wanted) throws NotAsExpectedException {
        pair.await(end, what, wanted);
    }

    @Override
    public Status status(End end) throws IOException {
        return pair.node(end).status();
    }

    @Override
    public void letPass(int packets) throws NotAsExpectedException {
        long wanted = traffic.packets() + packets;
        long until = System.nanoTime() + PACKETS_WITHIN_NANOS;
        while (traffic.packets() < wanted) {
            if (System.nanoTime() > until) {
                throw new NotAsExpectedException("the traffic stands still");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    @Override
    public void letPassMillis(long millis) throws NotAsExpectedException {
        for (long until = System.nanoTime() + millis * 1_000_000; System.nanoTime() < until;) {
            letPass(1);
        }
    }

    @Override
    public void noMoreConversations() {
        load.on(false);
    }

    @Override
    public void checkConversations() throws IOException {
        losses = losses.and(traffic.check(struck, 2L * timing.helloMillis() * 1_000_000));
    }

    @Override
    public void expect(boolean holds, String otherwise) {
        if (!holds) {
            faults.add(otherwise);
        }
    }
}
