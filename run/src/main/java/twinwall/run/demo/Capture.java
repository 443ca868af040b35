/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

import twinwall.run.capture.CaptureReader;
import twinwall.run.capture.CapturedFrame;

/** The capture of a demo: read several times, never held in memory. */
final class Capture {

    private final Path path;
    private final Plan plan;
    private final List<String> remarks;
    private final double seconds;

    private Capture(Path path, Plan plan, List<String> remarks, double seconds) {
        this.path = path;
        this.plan = plan;
        this.remarks = remarks;
        this.seconds = seconds;
    }

    /** Reads it once and decides about its packets. What can be read only once (a pipe) is copied to {@code work} first. */
    static Capture read(Path named, Path work) throws IOException {
        Path path = named;
        if (Files.exists(named) && !Files.isRegularFile(named) && !Files.isDirectory(named)) {
            path = work.resolve("capture");
            Files.copy(Files.newInputStream(named), path, StandardCopyOption.REPLACE_EXISTING);
        }
        Planner planner = new Planner();
        long first = -1;
        long last = 0;
        try (CaptureReader reader = CaptureReader.open(path)) {
            for (CapturedFrame frame = reader.next(); frame != null; frame = reader.next()) {
                planner.add(frame.timeMicros(), frame.frame());
                first = first < 0 ? frame.timeMicros() : Math.min(first, frame.timeMicros());
                last = Math.max(last, frame.timeMicros());
            }
            return new Capture(path, planner.plan(), new ArrayList<>(reader.remarks()), (last - first) / 1e6);
        }
    }

    Plan plan() {
        return plan;
    }

    double seconds() {
        return seconds;
    }

    /** What is odd about the file. */
    List<String> remarks() {
        return remarks;
    }

    CaptureReader open() throws IOException {
        return CaptureReader.open(path);
    }
}
