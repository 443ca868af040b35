/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import twinwall.group.Role;
import twinwall.protocol.TableState;

/** Runs the stories of {@code scenarios/*.txt}: lines that begin with # tell, "given" sets up, "expect" checks, others happen. */
class ScenarioTest {

    private static final int STEP_MILLIS = 10;

    private World world;
    private final Set<String> held = new HashSet<>();

    @TestFactory
    Stream<DynamicTest> stories() throws IOException, URISyntaxException {
        Path folder = Path.of(ScenarioTest.class.getResource("/scenarios").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> stories = files.sorted().toList();
            assertThat(stories).hasSizeGreaterThan(5);
            return stories.stream()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> new ScenarioTest().tell(file)));
        }
    }

    private void tell(Path file) throws IOException {
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                try {
                    step(line.trim().split("\\s+"));
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError(file.getFileName() + ", line " + number + ": " + line + ": " + e.getMessage(), e);
                }
            }
        }
    }

    private void step(String[] words) {
        switch (words[0]) {
            case "given" -> world = new World(new World.Plan(true, 1, number(words[1]), 1, 12, 0, 0, number(words[3]), 64_000, 0, 45000,
                    45000, 0));
            case "connect" -> world.cables.forEach(Cable::connect);
            case "run" -> run(number(words[1]));
            case "cut" -> world.cables.get(number(words[2])).silent = true;
            case "mend" -> world.cables.get(number(words[2])).silent = false;
            case "break" -> world.cables.get(number(words[2])).drop(0);
            case "hold" -> held.add(words[1] + " " + words[2]);
            case "release" -> held.remove(words[1] + " " + words[2]);
            case "expect" -> expect(words);
            default -> happens(firewall(words[0]), words);
        }
    }

    private void happens(SimFirewall firewall, String[] words) {
        SimTable table = firewall.tables.get(0);
        switch (words[1]) {
            case "puts" -> table.put(words[2], words[3]);
            case "removes" -> table.remove(words[2]);
            case "fills" -> {
                for (int i = 0; i < number(words[2]); i++) {
                    table.put("e" + i, "v0-" + i);
                }
            }
            case "restarts" -> world.restart(firewall);
            case "loses-its-handler" -> table.handlerGoes();
            case "gets-its-handler" -> table.handlerComes();
            case "hands-over" -> firewall.member.switchover(world.now);
            case "stops" -> firewall.member.stop("maintenance");
            default -> throw new IllegalArgumentException("unknown: " + words[1]);
        }
    }

    private void run(int millis) {
        for (long end = world.now + millis; world.now < end;) {
            world.pass(STEP_MILLIS);
            for (SimFirewall firewall : List.of(world.a, world.b)) {
                String name = firewall == world.a ? "a" : "b";
                SimTable table = firewall.tables.get(0);
                while (firewall.tellRole()) {
                    world.oracle.bounds(table);
                }
                for (int i = 0; i < 100 && !held.contains(name + " restoring") && table.applyOne(); i++) {
                    world.oracle.bounds(table);
                }
                for (int i = 0; i < 1000 && !held.contains(name + " reading") && table.readOne(); i++) {
                    world.oracle.bounds(table);
                }
            }
        }
    }

    private void expect(String[] words) {
        if ("equal".equals(words[1])) {
            assertThat(world.b.tables.get(0).content).isEqualTo(world.a.tables.get(0).content);
            return;
        }
        SimFirewall firewall = firewall(words[1]);
        SimTable table = firewall.tables.get(0);
        TableState state = table.replica.state();
        switch (words[2]) {
            case "is" -> assertThat(firewall.member.role()).isEqualTo(Role.valueOf(words[3]));
            case "has" -> assertThat(table.content).containsEntry(words[3], words[4]);
            case "lacks" -> assertThat(table.content).doesNotContainKey(words[3]);
            case "entries" -> assertThat(table.content).hasSize(number(words[3]));
            case "lag" -> assertThat(state.lag()).isEqualTo(number(words[3]));
            case "overflowed" -> assertThat(state.overflows()).isPositive();
            case "ready" -> assertThat(firewall.member.notReady()).isEmpty();
            case "not-ready" -> assertThat(firewall.member.notReady()).isNotEmpty();
            case "delivered" -> assertThat(state.delivered()).isTrue();
            case "undelivered" -> assertThat(state.delivered()).isFalse();
            case "takeovers" -> assertThat(firewall.takeovers).isEqualTo(number(words[3]));
            case "lost" -> assertThat(firewall.losses.get("table-0").lost()).isEqualTo(number(words[3]));
            case "lost-exactly" -> {
                assertThat(firewall.losses.get("table-0").lost()).isEqualTo(number(words[3]));
                assertThat(firewall.losses.get("table-0").exact()).isTrue();
            }
            default -> throw new IllegalArgumentException("unknown: " + words[2]);
        }
    }

    private SimFirewall firewall(String name) {
        return switch (name) {
            case "a" -> world.a;
            case "b" -> world.b;
            default -> throw new IllegalArgumentException("unknown: " + name);
        };
    }

    private static int number(String word) {
        return Integer.parseInt(word);
    }
}
