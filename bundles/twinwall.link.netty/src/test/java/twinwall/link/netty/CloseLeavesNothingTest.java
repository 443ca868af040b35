/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloseLeavesNothingTest {

    private static final Logger LEAKS = Logger.getLogger(ResourceLeakDetector.class.getName());

    private final List<String> leaks = new CopyOnWriteArrayList<>();
    private final Handler collector = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (line.getMessage().contains("LEAK")) {
                leaks.add(line.getMessage());
            }
        }

        @Override
        public void flush() {
            // nothing is kept back
        }

        @Override
        public void close() {
            // nothing to free
        }
    };

    @Test
    void noThreadNoPortNoBufferIsLeft(@TempDir Path folder) throws Exception {
        TestKeys keys = TestKeys.make(folder);
        ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        LEAKS.addHandler(collector);
        LEAKS.setUseParentHandlers(false);
        EventLoops loops = new EventLoops();
        try {
            for (int round = 0; round < 5; round++) {
                trafficAndTrouble(loops, round % 2 == 0 ? keys : null);
            }
            assertThat(threads("twinwall-link-")).isEqualTo(2);
            loops.close();
            assertThat(threads("twinwall-link-")).isZero();
            Firewall.await("Netty's own helper thread", () -> threads("globalEventExecutor") == 0);
            assertThat(leaksUntilOneOnPurpose()).as("buffers never released").hasSize(1);
        } finally {
            loops.close();
            LEAKS.removeHandler(collector);
            LEAKS.setUseParentHandlers(true);
            ResourceLeakDetector.setLevel(level);
        }
    }

    private static void trafficAndTrouble(EventLoops loops, TestKeys keys) throws Exception {
        int port;
        try (Firewall b = Firewall.listening(loops.group(), keys == null ? null : keys.files("fw-b", "fw-a"), Firewall.FAST);
            Firewall a = Firewall.connecting(loops.group(), keys == null ? null : keys.files("fw-a", "fw-b"), b.port());
            Socket stranger = new Socket("127.0.0.1", b.port()); Socket silent = new Socket("127.0.0.1", b.port())) {
            port = b.port();
            stranger.getOutputStream().write(new byte[] {70, 0, 0, 0, 0});
            Talk fromA = a.talk();
            for (int i = 0; i < 50; i++) {
                fromA.send(new byte[1 + 600 * i]);
            }
            Talk fromB = b.talk();
            for (int i = 0; i < 50; i++) {
                assertThat(fromB.in.take()).hasSize(1 + 600 * i);
                fromB.send(new byte[20_000]);
            }
            assertThat(silent.isConnected()).isTrue();
        }
        assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).isInstanceOf(IOException.class);
    }

    /** Loses a buffer and waits until that is noticed: what was lost before it is noticed too. */
    private List<String> leaksUntilOneOnPurpose() {
        lose();
        Firewall.await("the leak on purpose", () -> {
            System.gc();
            ByteBufAllocator.DEFAULT.heapBuffer(16).release();
            return !leaks.isEmpty();
        });
        for (int i = 0; i < 5; i++) {
            System.gc();
            ByteBufAllocator.DEFAULT.heapBuffer(16).release();
        }
        return leaks;
    }

    private static void lose() {
        ByteBuf lost = ByteBufAllocator.DEFAULT.heapBuffer(16);
        assertThat(lost.refCnt()).isEqualTo(1);
    }

    private static long threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith(prefix)).count();
    }
}
