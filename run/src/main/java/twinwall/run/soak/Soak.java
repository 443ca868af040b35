/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import twinwall.run.pair.Folders;
import twinwall.run.pair.NotStartedException;
import twinwall.run.program.Owned;
import twinwall.run.program.WorkFolder;
import twinwall.run.report.Timeline;
import twinwall.run.trials.failure.Failure;
import twinwall.run.trials.failure.Failures;
import twinwall.run.trials.stage.Timing;

/** The program {@code run/soak}. */
@Command(name = "run/soak", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Keeps two firewalls, two processes on loopback, busy: conversations, and changes in every service table that is "
                + "backed up. Meanwhile processes are killed and stopped, links are cut, roles change. After each failure the entries of "
                + "both are compared, one by one. In the second half of the time no process is killed, so that it shows whether they grow.",
        footer = {"", "Ctrl-C ends it, with what was found so far.", "Exit status: 0 everything held; 1 not so; 2 the command line "
                + "cannot be used; 3 the firewalls could not be started."})
public final class Soak implements Callable<Integer> {

    static final int NOT_HELD = 1;
    static final int BAD_INPUT = 2;
    static final int NOT_STARTED = 3;

    private static final int HELLO_MILLIS = 200;
    private static final int HELLO_MISSES = 5;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    private final Owned owned = new Owned(complaint -> err.println("run/soak: " + complaint));
    private final AtomicBoolean reported = new AtomicBoolean();
    private volatile boolean stopped;
    private volatile SoakRun run;
    private volatile Path work;

    @Spec
    private CommandSpec spec;

    @Option(names = "--minutes", paramLabel = "N", defaultValue = "10", description = "How long, 0.1 to 100000. Default: 10.")
    private double minutes;

    @Option(names = "--seed", paramLabel = "N", description = "Chooses failures and changes again as a run with that seed did; moments "
            + "differ. Default: by chance; it is printed.")
    private Long seed;

    @Option(names = "--only", paramLabel = "KIND", split = ",", description = "These kinds of failures only. There are: "
            + "${COMPLETION-CANDIDATES}.", completionCandidates = Failures.Names.class)
    private List<String> only = List.of();

    @Option(names = "--stop-seconds", paramLabel = "N", defaultValue = "5", description = "How long a firewall is stopped. Default: 5.")
    private int stopSeconds;

    @Option(names = "--json", description = "Write the result as JSON.")
    private boolean json;

    @Option(names = "--keep", paramLabel = "DIR", description = "Keep configuration and logs of both firewalls in this new folder. "
            + "Without it they are kept only when something did not hold.")
    private Path keep;

    private Soak() {
    }

    /** Runs the program and exits. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        Soak soak = new Soak();
        CommandLine line = new CommandLine(soak);
        line.setParameterExceptionHandler((e, arguments) -> {
            e.getCommandLine().getErr().println("run/soak: " + e.getMessage() + ". See run/soak --help");
            return BAD_INPUT;
        });
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            if (!soak.stopped) {
                command.getErr().println("run/soak: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            }
            return NOT_STARTED;
        });
        return line.execute(args);
    }

    @Override
    public Integer call() throws IOException, NotStartedException {
        if (!(minutes >= 0.1 && minutes <= 100_000) || stopSeconds < 1) {
            throw new ParameterException(spec.commandLine(), "--minutes must be 0.1 to 100000, --stop-seconds 1 or more");
        }
        Options options = new Options(seed == null ? new Random().nextInt(1_000_000) : seed, minutes,
                failures(), new Timing(HELLO_MILLIS, HELLO_MISSES, stopSeconds * 1000L),
                WorkFolder.of(keep, "twinwall-soak-", spec.commandLine()));
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "soak-cleanup"));
        Timeline timeline = new Timeline(err::println);
        timeline.happened("Seed " + options.seed());
        work = options.work();
        run = new SoakRun(options, timeline, owned);
        try {
            Findings found = run.run();
            report(found);
            return found.held() ? 0 : NOT_HELD;
        } catch (IOException | NotStartedException e) {
            if (!stopped) {
                err.println("Configuration and logs: " + work);
            }
            throw e;
        } finally {
            owned.close();
        }
    }

    private List<Failure> failures() {
        try {
            return Failures.named(only);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--only " + e.getMessage());
        }
    }

    private void report(Findings found) {
        if (reported.compareAndSet(false, true)) {
            if (found.held() && keep == null) {
                owned.ownLast(() -> Folders.delete(found.options().work()));
            }
            err.println();
            out.println(json ? SoakJson.of(found) : SoakText.of(found, Boolean.getBoolean("twinwall.terminal")));
            if (!found.held() || keep != null) {
                err.println("Configuration and logs: " + found.options().work());
            }
        }
    }

    /** The user has had enough: what was found so far is told, and no process stays behind. */
    private void stop() {
        stopped = true;
        SoakRun going = run;
        if (going != null) {
            report(going.soFar());
        }
        owned.close();
    }
}
