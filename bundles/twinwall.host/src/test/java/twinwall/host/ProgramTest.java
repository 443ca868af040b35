/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ProgramTest {

    @TempDir
    private Path folder;

    private Outcome sh(String script, long timeoutMillis) throws Exception {
        return Program.run(new Command(List.of("/bin/sh", "-c", script)), Map.of("TWINWALL_WORD", "hello"), folder, timeoutMillis);
    }

    private static ProcessHandle process(Path pidFile) throws Exception {
        return ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip())).orElse(null);
    }

    @Test
    void aProgramThatEndsWithZeroIsGood() throws Exception {
        Outcome outcome = sh("echo fine; echo more", 20_000);
        assertThat(outcome.good()).isTrue();
        assertThat(outcome.output()).isEqualTo("fine");
    }

    @Test
    void otherwiseItsExitCodeAndFirstLineAreKnown() throws Exception {
        assertThat(sh("echo no route >&2; echo more; exit 3", 20_000)).isEqualTo(new Outcome(true, 3, "exit 3", "no route"))
            .hasToString("exit 3: no route");
        assertThat(sh("exit 1", 20_000)).hasToString("exit 1");
    }

    @Test
    void itHasItsEnvironmentFolderAndEmptyInput() throws Exception {
        assertThat(sh("echo $TWINWALL_WORD", 20_000).output()).isEqualTo("hello");
        assertThat(sh("pwd -P", 20_000).output()).isEqualTo(folder.toRealPath().toString());
        assertThat(sh("cat; echo end", 20_000).output()).isEqualTo("end");
    }

    @Test
    void aProgramThatWritesMuchIsNotHeldUp() throws Exception {
        Outcome outcome = sh("yes 0123456789 | head -c 3000000; exit 4", 20_000);
        assertThat(outcome.exit()).isEqualTo(4);
        assertThat(outcome.output()).isEqualTo("0123456789");
        assertThat(sh("head -c 2000 /dev/zero | tr '\\0' x", 20_000).output()).hasSize(500);
    }

    @Test
    void atTheTimeoutItIsKilledWithItsChildren() throws Exception {
        Outcome outcome = sh("echo waiting; sleep 600 & echo $! > child; echo $$ > parent; wait", 1000);
        assertThat(outcome).isEqualTo(new Outcome(false, -1, "not finished within 1000 ms", "waiting"));
        for (String file : List.of("parent", "child")) {
            ProcessHandle process = process(folder.resolve(file));
            if (process != null) {
                process.onExit().get(20, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aProgramThatGoesOnInTheBackgroundIsNotWaitedFor() throws Exception {
        long begun = System.nanoTime();
        Outcome outcome = sh("echo started; sleep 600 & echo $! > child", 20_000);
        assertThat(outcome.good()).isTrue();
        assertThat(outcome.output()).isEqualTo("started");
        assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(20));
        process(folder.resolve("child")).destroyForcibly();
    }

    @Test
    void aProgramThatIsNotThereIsNamed() throws Exception {
        Outcome outcome = Program.run(new Command(List.of("no-such-program-here")), Map.of(), folder, 1000);
        assertThat(outcome.good()).isFalse();
        assertThat(outcome.toString()).startsWith("it cannot be started: ").contains("no-such-program-here");
    }

    @Test
    void whoIsInterruptedKillsIt() throws Exception {
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            try {
                sh("echo $$ > pid.new; mv pid.new pid; exec sleep 600", 600_000);
            } catch (InterruptedException e) {
                interrupted.set(true);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        caller.start();
        while (!Files.exists(folder.resolve("pid"))) {
            Thread.onSpinWait();
        }
        ProcessHandle process = process(folder.resolve("pid"));
        caller.interrupt();
        caller.join();
        assertThat(interrupted).isTrue();
        process.onExit().get(20, TimeUnit.SECONDS);
    }
}
