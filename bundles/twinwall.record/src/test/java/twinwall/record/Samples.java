/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

import twinwall.record.samples.Everything;
import twinwall.record.samples.Everything.Color;
import twinwall.record.samples.Everything.Part;

/** Random entries. */
final class Samples {

    private Samples() {
    }

    static Everything everything(Random random) {
        return new Everything(text(random), Color.values()[random.nextInt(2)], address(random, random.nextBoolean() ? 4 : 16),
                new MacAddress(random.nextLong() >>> 16), random.nextBoolean() ? Optional.of(random.nextInt()) : Optional.empty(),
                random.nextBoolean(), (byte) random.nextInt(), (short) random.nextInt(), (char) random.nextInt(), random.nextInt(),
                random.nextLong() >> random.nextInt(64), random.nextFloat(), random.nextGaussian(),
                (Inet4Address) address(random, 4), (Inet6Address) address(random, 16),
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                IntStream.range(0, random.nextInt(4)).mapToObj(i -> part(random)).toList(),
                random.nextBoolean() ? Optional.of(part(random)) : Optional.empty(),
                IntStream.range(0, random.nextInt(4)).mapToObj(i -> random.nextBoolean()).toList(),
                IntStream.range(0, random.nextInt(4)).mapToObj(i -> gap(random)).toList(),
                random.nextBoolean() ? Optional.of(List.of(text(random), text(random))) : Optional.empty(),
                List.of(0, 0xffffff, random.nextInt(1 << 24)), part(random), text(random), random.nextBoolean(),
                random.nextLong(), random.nextBoolean());
    }

    private static Optional<Long> gap(Random random) {
        return random.nextBoolean() ? Optional.of(random.nextLong()) : Optional.empty();
    }

    private static Part part(Random random) {
        return new Part(random.nextInt(65536), random.nextBoolean() ? Optional.of(text(random)) : Optional.empty(),
                random.nextBoolean(), text(random));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(8);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(new int[] {'a' + random.nextInt(26), 0xe4, 0xfffd, 0x1f525, 0}[random.nextInt(5)]);
        }
        return text.toString();
    }

    static InetAddress address(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        if (length == 16 && random.nextInt(4) == 0) {
            Arrays.fill(bytes, 0, 10, (byte) 0);
            bytes[10] = -1;
            bytes[11] = -1;
        }
        try {
            return length == 16 ? Inet6Address.getByAddress(null, bytes, -1) : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
