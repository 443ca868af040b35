/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.capture;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/** A capture file of any content. */
public final class CaptureFuzz {

    private static final int MOST_PACKETS = 10_000;

    private CaptureFuzz() {
    }

    /** Fails on anything but packets or a {@link CaptureException} that names the file. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        try (CaptureReader reader = CaptureReader.of("any.pcap", new ByteArrayInputStream(input))) {
            CapturedFrame frame = reader.next();
            for (int i = 0; i < MOST_PACKETS && frame != null; i++) {
                frame = reader.next();
            }
        } catch (CaptureException e) {
            if (!e.getMessage().contains("any.pcap")) {
                throw new IllegalStateException("the message does not name the file: " + e.getMessage(), e);
            }
        }
    }
}
