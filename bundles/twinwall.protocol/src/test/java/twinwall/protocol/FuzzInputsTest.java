/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import twinwall.testkit.fuzz.FuzzInputs;

/** Seeds of the fuzz targets, and what fuzzing found. */
class FuzzInputsTest {

    @TestFactory
    Stream<DynamicTest> session() {
        return FuzzInputs.of(SessionFuzz.class, SessionFuzz::fuzzerTestOneInput);
    }
}
