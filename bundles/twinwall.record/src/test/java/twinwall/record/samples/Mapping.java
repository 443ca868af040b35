/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record.samples;

import java.util.Optional;

import twinwall.record.Fixed;
import twinwall.record.Key;
import twinwall.record.Soft;

/** The example of FORMAT.md. */
public record Mapping(@Key int vsys, @Key Ip4 inside, @Key @Fixed(2) int port, boolean local, Optional<Integer> limit,
        @Soft long packets) {

    /** Four bytes. */
    public record Ip4(@Fixed(4) int bits) {
    }
}
