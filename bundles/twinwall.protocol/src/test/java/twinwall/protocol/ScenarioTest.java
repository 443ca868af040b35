/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import twinwall.group.Networking;

/** Plays every story of {@code scenarios/*.txt}: see {@code scenarios/README.md} for its language. */
class ScenarioTest {

    private TestGroup.Plan plan = TestGroup.USUAL;
    private TestGroup group;
    private long compareEveryMillis;

    @TestFactory
    Stream<DynamicTest> stories() throws IOException, URISyntaxException {
        Path folder = Path.of(ScenarioTest.class.getResource("/scenarios").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> stories = files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
            assertThat(stories).isNotEmpty();
            return stories.stream().map(story -> DynamicTest.dynamicTest(story.getFileName().toString(), story.toUri(),
                    () -> new ScenarioTest().play(story)));
        }
    }

    private void play(Path story) throws IOException {
        int expected = 0;
        List<String> lines = Files.readAllLines(story);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                step(line, line.split("\\s+"));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(story.getFileName() + ":" + (i + 1) + ": " + line + "\n" + e.getMessage(), e);
            }
            expected += line.startsWith("expect") ? 1 : 0;
        }
        assertThat(expected).as("expectations in the story").isPositive();
        assertThat(group.faults).as("two correct firewalls never break the protocol").isEmpty();
    }

    private void step(String line, String[] words) {
        if (words[0].equals("given")) {
            given(words);
            return;
        }
        if (group == null) {
            group = new TestGroup(plan);
            group.compareEvery(compareEveryMillis);
        }
        switch (words[0]) {
            case "run" -> run(line, words);
            case "link" -> link(words);
            case "expect" -> ScenarioExpectation.check(group, line.substring("expect".length()).strip());
            case "fw-a", "fw-b" -> act(group.firewall(words[0]), words);
            default -> throw unknown();
        }
    }

    /**
     * {@code given 2 links}, {@code given backlog 3000 bytes}, {@code given quick backup}, {@code given load-balancing},
     * {@code given preemption after 500 ms}, {@code given preemption off}, {@code given priority fw-b 45002},
     * {@code given compared every 200 ms}.
     */
    private void given(String[] words) {
        if (group != null) {
            throw new IllegalArgumentException("'given' comes before everything else");
        }
        switch (words[1]) {
            case "backlog" -> plan = plan.backlog(number(words[2]));
            case "quick" -> plan = plan.quickBackup();
            case "load-balancing" -> roles(Networking.LOAD_BALANCING, plan.roles().preemption(), plan.roles().preemptionDelayMillis());
            case "compared" -> compareEveryMillis = number(words[3]);
            case "preemption" -> roles(plan.roles().networking(), !words[2].equals("off"),
                    words[2].equals("off") ? plan.roles().preemptionDelayMillis() : number(words[3]));
            case "priority" -> plan = plan.priorityOfB(number(words[3]));
            default -> plan = plan.links(number(words[1]));
        }
    }

    private void roles(Networking networking, boolean preemption, long delayMillis) {
        plan = plan.roles(new RoleSettings(networking, preemption, delayMillis));
    }

    /** {@code run 500 ms}, {@code run until quiet}, {@code run until fw-b sessions has 1000}: or more, {@code ... drift 1}. */
    private void run(String line, String[] words) {
        if (!words[1].equals("until")) {
            group.run(number(words[1]));
        } else if (words[2].equals("quiet")) {
            group.untilQuiet();
        } else if (words[4].equals("drift")) {
            group.until(line, () -> group.firewall(words[2]).table(words[3]).replica.comparison().state().drift() == number(words[5]));
        } else if (words[4].equals("has")) {
            group.until(line, () -> group.firewall(words[2]).table(words[3]).content.size() >= number(words[5]));
        } else {
            throw unknown();
        }
    }

    /** {@code link down}, {@code link 2 up}, {@code link 1 silent}, {@code link 1 heard}, {@code link carries 2000 bytes/ms}. */
    private void link(String[] words) {
        boolean one = words[1].matches("\\d+");
        String what = words[one ? 2 : 1];
        Consumer<TestLink> change = switch (what) {
            case "down" -> TestLink::down;
            case "up" -> link -> link.up = true;
            case "silent" -> link -> link.stalled = true;
            case "heard" -> link -> link.stalled = false;
            case "carries" -> link -> link.bytesPerMilli = number(words[one ? 3 : 2]);
            default -> throw unknown();
        };
        if (one) {
            change.accept(group.links.get(number(words[1]) - 1));
        } else {
            group.links.forEach(change);
        }
    }

    private void act(TestFirewall firewall, String[] words) {
        switch (words[1]) {
            case "put" -> keys(words[3]).forEach(key -> firewall.table(words[2]).set(key, words[4]));
            case "flips" -> keys(words[3]).forEach(key -> firewall.table(words[2]).content.put(key, words[4]));
            case "misses" -> keys(words[3]).forEach(key -> firewall.table(words[2]).content.remove(key));
            case "refuses" -> firewall.table(words[2]).refused.add(words[3]);
            case "check" -> firewall.member.check();
            case "remove" -> keys(words[3]).forEach(key -> firewall.table(words[2]).delete(key));
            case "switchover" -> firewall.member.switchover(group.now);
            case "items" -> firewall.member.failedItems(words[2].equals("work") ? List.of() : List.of(words).subList(3, words.length));
            case "busy" -> firewall.busy = words[2].equals("nowhere") ? null : words[2];
            case "sync" -> firewall.member.sync();
            case "quick-backup" -> firewall.member.quickBackup(words[2].equals("on"));
            case "slow" -> firewall.table(words[2]).paused = true;
            case "fast" -> firewall.table(words[2]).paused = false;
            case "stops" -> stop(firewall);
            case "leaves" -> leave(firewall);
            case "dies" -> group.kill(firewall);
            case "restarts" -> group.restart(firewall);
            case "handler" -> handler(firewall, words);
            default -> throw unknown();
        }
    }

    private void stop(TestFirewall firewall) {
        firewall.member.stop("shutdown");
        group.run(2);
        group.kill(firewall);
    }

    private void leave(TestFirewall firewall) {
        firewall.member.handOverToStop(group.now);
        group.until("handed over", () -> !firewall.verdicts.isEmpty());
        stop(firewall);
    }

    /** {@code fw-b handler sessions gone}, {@code fw-b handler sessions here schema 2}. */
    private static void handler(TestFirewall firewall, String[] words) {
        TestTable table = firewall.table(words[2]);
        if (words[3].equals("gone")) {
            table.handlerGoes();
        } else {
            table.handlerComes(new TableSpec(words[2], number(words[5]), new byte[] {1}, false, words[2].equals("blacklist"),
                    HandlerOrigin.UNKNOWN));
        }
    }

    /** {@code k1} or {@code k1..k500}. */
    private static Stream<String> keys(String range) {
        int dots = range.indexOf("..");
        if (dots < 0) {
            return Stream.of(range);
        }
        String name = range.replaceAll("\\d.*", "");
        return IntStream.rangeClosed(number(range.substring(name.length(), dots)), number(range.substring(dots + 2 + name.length())))
                .mapToObj(number -> name + number);
    }

    static int number(String word) {
        return Integer.parseInt(word);
    }

    static IllegalArgumentException unknown() {
        return new IllegalArgumentException("no such step");
    }
}
