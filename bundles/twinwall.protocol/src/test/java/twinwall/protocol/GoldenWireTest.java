/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What released versions say is still understood, and what this one says is what it was: golden wire files in
 * {@code src/test/resources/wire}, one for each released version of the protocol.
 * <p>
 * {@code -Dtwinwall.golden=FILE} writes the one of this version.
 */
class GoldenWireTest {

    static List<Path> files() throws Exception {
        try (Stream<Path> all = Files.list(Path.of(GoldenWireTest.class.getResource("/wire").toURI()))) {
            return all.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
        }
    }

    @Test
    void thereIsOneForEveryVersionThatIsSpoken() throws Exception {
        assertThat(files()).as("a release that changes the protocol adds its file").hasSizeGreaterThanOrEqualTo(Session.NEWEST_VERSION);
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFrameIsReadAsItWas(Path file) throws Exception {
        int frames = 0;
        for (Line line : Line.all(file)) {
            assertThat(FrameText.of(line.frame)).isEqualTo(line.text);
            frames++;
        }
        assertThat(frames).isGreaterThan(100);
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatIsWrittenByItselfIsWrittenAsItWas(Path file) throws Exception {
        for (Line line : Line.all(file)) {
            ByteBuffer in = ByteBuffer.wrap(line.frame);
            ByteBuffer out = ByteBuffer.allocate(32_768);
            if (Wire.octet(in) == FrameType.GREETING) {
                Greeting.read(in).write(out);
                assertThat(HexFormat.of().formatHex(out.array(), 0, out.position())).isEqualTo(HexFormat.of().formatHex(line.frame));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFirewallOfThisVersionFollowsOneOfThat(Path file) throws Exception {
        TestGroup group = new TestGroup(Conversation.PLAN);
        group.linksByHand();
        TestLink link = new TestLink(group, 0);
        TestEnd end = new TestEnd(group.b, link);
        end.other = new TestEnd(group.a, link);
        end.session = group.b.member.connected(end, 0, false, group.now);
        for (Line line : Line.all(file)) {
            if (line.last) {
                break;
            }
            while (group.now < line.millis) {
                group.step();
                for (byte[] own = end.next(group.now); own != null; own = end.next(group.now)) {
                    // The recorded firewall has been answered already.
                    assertThat(own).isNotEmpty();
                }
            }
            if (line.from.equals("fw-a")) {
                end.receive(line.frame, group.now);
            }
        }
        group.step();
        assertThat(group.faults).isEmpty();
        for (String expected : expected(file)) {
            String[] words = expected.split(" ", 3);
            assertThat(group.b.table(words[1]).content.toString()).isEqualTo(words[2]);
        }
    }

    @Test
    void theFileOfThisVersionHoldsEveryFrame() throws Exception {
        Set<Integer> types = new TreeSet<>();
        for (Field field : FrameType.class.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == int.class && !field.getName().equals("SKIPPABLE")) {
                types.add((Integer) field.get(null));
            }
        }
        // Who made an entry is asked in load balancing only.
        types.remove(FrameType.DIGEST_REPAIR);
        List<Path> files = files();
        assertThat(Line.all(files.get(files.size() - 1)).stream().map(line -> line.frame[0] & 0xff).collect(Collectors.toSet()))
                .containsAll(types);
    }

    @Test
    void theFileIsWrittenWhenItIsAskedFor() throws Exception {
        List<String> lines = Conversation.play();
        assertThat(lines).isEqualTo(Conversation.play()).as("the same each time");
        String file = System.getProperty("twinwall.golden");
        if (file != null) {
            Files.write(Path.of(file), lines);
        }
    }

    private static List<String> expected(Path file) throws IOException {
        return Files.readAllLines(file).stream().filter(line -> line.startsWith("expect ")).toList();
    }

    /** One frame of a golden file; {@code last}: what comes from here on is read only. */
    private record Line(long millis, String from, byte[] frame, String text, boolean last) {

        static List<Line> all(Path file) throws IOException {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            int expects = lines.lastIndexOf(expected(file).get(0));
            return Stream.iterate(0, at -> at < lines.size(), at -> at + 1).filter(at -> !lines.get(at).startsWith("expect "))
                    .map(at -> of(lines.get(at), at > expects)).toList();
        }

        private static Line of(String line, boolean last) {
            String[] words = line.split(" ", 4);
            return new Line(Long.parseLong(words[0]), words[1], HexFormat.of().parseHex(words[2]), words[3], last);
        }
    }
}
