/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.testkit.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;

/**
 * Plays the inputs that a fuzz target is known by: seeds, and what fuzzing found once. A target is a class whose name ends in {@code Fuzz},
 * with a method {@code public static void fuzzerTestOneInput(byte[])} that throws whenever the code under test does what it must not.
 * {@code run/fuzz} finds it by that, and looks for more inputs.
 */
public final class FuzzInputs {

    private FuzzInputs() {
    }

    /** What a fuzz target does with one input. */
    @FunctionalInterface
    public interface Target {

        /** Throws when the code under test does what it must not. */
        void input(byte[] bytes) throws Throwable;
    }

    /**
     * One test for each file in the folder {@code fuzz/NAME} of the class path, where {@code NAME} is the target's simple name, and one for
     * no bytes at all.
     *
     * @throws IllegalStateException when there is no such folder, or nothing in it
     */
    public static Stream<DynamicTest> of(Class<?> named, Target target) {
        URL folder = named.getResource("/fuzz/" + named.getSimpleName());
        if (folder == null) {
            throw new IllegalStateException("src/test/resources/fuzz/" + named.getSimpleName() + " is missing");
        }
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(DynamicTest.dynamicTest("no bytes", () -> target.input(new byte[0])));
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            files.sorted().forEach(file -> tests.add(DynamicTest.dynamicTest(file.getFileName().toString(),
                    () -> target.input(Files.readAllBytes(file)))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        if (tests.size() == 1) {
            throw new IllegalStateException(folder + " is empty");
        }
        return tests.stream();
    }
}
