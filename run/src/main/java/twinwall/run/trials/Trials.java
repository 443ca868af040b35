/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

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
import twinwall.run.trials.wiring.OwnNetwork;

/** The program {@code run/trials}. */
@Command(name = "run/trials", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Lets two firewalls fail under traffic, in every way it knows, at random moments, again and again, and counts what "
                + "was lost. Both run as processes, each in a network namespace where that is possible.",
        footer = {"", "Exit status: 0 no session was lost that the peer had confirmed, and every check held; 1 not so; 2 the command "
                + "line cannot be used; 3 the firewalls could not be started."})
public final class Trials implements Callable<Integer> {

    static final int NOT_HELD = 1;
    static final int BAD_INPUT = 2;
    static final int NOT_STARTED = 3;

    private volatile boolean stopped;
    private volatile Path work;
    private volatile boolean finished;
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    private final Owned owned = new Owned(complaint -> err.println("run/trials: " + complaint));
    private final List<String> arguments;

    @Spec
    private CommandSpec spec;

    @Option(names = "--seed", paramLabel = "N", description = "Chooses the moments and ways of failing again as a run with that seed "
            + "did. Default: by chance; it is printed.")
    private Long seed;

    @Option(names = "--kills", paramLabel = "N", defaultValue = "10", description = "Rounds of the kind kill. Default: 10.")
    private int kills;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "2", description = "Rounds of each other kind. Default: 2.")
    private int rounds;

    @Option(names = "--only", paramLabel = "KIND", split = ",", description = "These kinds only. There are: ${COMPLETION-CANDIDATES}.",
            completionCandidates = Failures.Names.class)
    private List<String> only = List.of();

    @Option(names = "--hello", paramLabel = "MSxN", defaultValue = "100x5", description = "Hellos every MS milliseconds; the peer is "
            + "down after N missed. Default: 100x5.")
    private String hello;

    @Option(names = "--stop-seconds", paramLabel = "N", defaultValue = "10", description = "How long a firewall is stopped. Default: 10.")
    private int stopSeconds;

    @Option(names = "--loopback", description = "Do not make network namespaces, even where that is possible.")
    private boolean loopback;

    @Option(names = "--json", description = "Write the result as JSON.")
    private boolean json;

    @Option(names = "--keep", paramLabel = "DIR", description = "Keep configuration and logs of both firewalls in this new folder. "
            + "Without it they are kept only when something did not hold.")
    private Path keep;

    private Trials(String... arguments) {
        this.arguments = List.of(arguments);
    }

    /** Runs the program and exits. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        Trials trials = new Trials(args);
        CommandLine line = new CommandLine(trials);
        line.setParameterExceptionHandler((e, arguments) -> {
            e.getCommandLine().getErr().println("run/trials: " + e.getMessage() + ". See run/trials --help");
            return BAD_INPUT;
        });
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            if (!trials.stopped) {
                command.getErr().println("run/trials: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            }
            return NOT_STARTED;
        });
        return line.execute(args);
    }

    @Override
    public Integer call() throws IOException, NotStartedException {
        List<String> remarks = new ArrayList<>();
        List<Failure> failures = failures();
        int[] hellos = hellos();
        if (kills < 1 || rounds < 1 || stopSeconds < 1) {
            throw new ParameterException(spec.commandLine(), "--kills, --rounds and --stop-seconds must be 1 or more");
        }
        if (!loopback && !OwnNetwork.inside()) {
            String lacking = OwnNetwork.lacking();
            if (lacking == null) {
                return OwnNetwork.run(Trials.class, arguments);
            }
            remarks.add("On loopback, because " + lacking + ".");
        }
        Thread cleanup = new Thread(this::stop, "trials-cleanup");
        Runtime.getRuntime().addShutdownHook(cleanup);
        try {
            Options options = new Options(seed == null ? new Random().nextInt(1_000_000) : seed, kills, rounds, failures,
                    new Timing(hellos[0], hellos[1], stopSeconds * 1000L), WorkFolder.of(keep, "twinwall-trials-", spec.commandLine()));
            work = options.work();
            return run(options, remarks);
        } finally {
            owned.close();
        }
    }

    private int run(Options options, List<String> remarks) throws IOException, NotStartedException {
        double load = Report.load();
        Timeline timeline = new Timeline(err::println);
        timeline.happened("Seed " + options.seed());
        remarks.forEach(timeline::happened);
        List<Row> rows;
        try {
            rows = new Run(options, OwnNetwork.inside(), timeline, owned::own).rows();
        } catch (IOException | NotStartedException e) {
            finished = true;
            if (!stopped) {
                err.println("Configuration and logs: " + options.work());
            }
            throw e;
        }
        Report report = new Report(options, rows, remarks, load, options.work().toString());
        if (report.held() && keep == null) {
            owned.own(() -> Folders.delete(options.work()));
            report = new Report(options, rows, remarks, load, null);
        }
        finished = true;
        err.println();
        out.println(json ? JsonReport.of(report) : report.text(Boolean.getBoolean("twinwall.terminal")));
        return report.held() ? 0 : NOT_HELD;
    }

    private List<Failure> failures() {
        try {
            return Failures.named(only);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--only " + e.getMessage());
        }
    }

    private int[] hellos() {
        if (!hello.matches("[0-9]{1,5}x[0-9]{1,3}")) {
            throw new ParameterException(spec.commandLine(), "--hello " + hello + " must be MILLISECONDSxMISSES, for example 100x5");
        }
        String[] parts = hello.split("x");
        return new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[1])};
    }

    /** The user has had enough: no process and no folder stays behind, and that firewalls are gone now is no news. */
    private void stop() {
        stopped = true;
        if (work != null && keep == null && !finished) {
            Path made = work;
            owned.ownLast(() -> Folders.delete(made));
        }
        owned.close();
    }
}
