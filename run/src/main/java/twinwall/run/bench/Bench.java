/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code run/bench}. */
@Command(name = "run/bench", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Measures what Twinwall promises, on this machine, beside a competitor or a limit. Takes about fifteen minutes.",
        footer = {"", "Exit status: 0 every target was met, 1 one was missed or not measured, 2 the command line cannot be used.",
            "TWINWALL_BENCH_NODE_OPTS: options for the nodes' JVMs, default " + BenchNode.JVM_OPTIONS + ".",
            "TWINWALL_BENCH_PROFILE: a folder for flight recordings of both nodes during 'changes'."})
public final class Bench implements Callable<Integer> {

    private static final List<Measure> MEASURES = List.of(new ForwardingMeasure(), new TablesMeasure(), new ChangesMeasure(),
            new MillionMeasure("snapshot"), new BytesMeasure(), new MillionMeasure("memory"), new LatencyMeasure(), new ConfirmMeasure(),
            new StartMeasure(), new SwitchoverMeasure(), new HandoverLossMeasure(), new DeployMeasure(), new StandstillMeasure(),
            new FailoverMeasure(), new PriceMeasure(), new EnduranceMeasure(), new ScaleMeasure(), new DigestMeasure(),
            new DriftMeasure(), new ResumeMeasure(), new CopyMemoryMeasure());
    private static final int MOST_SESSIONS = 50_000_000;
    private static final int MISSED = 1;
    private static final int BAD_INPUT = 2;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Write the report as JSON.")
    private boolean json;

    @Option(names = "--quick", description = "Less of everything, to see that it works. The figures mean little.")
    private boolean quick;

    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "Only these; see --list.")
    private List<String> only = List.of();

    @Option(names = "--seconds", paramLabel = "N", description = "How long changes and latency are measured. Default: 30.")
    private Integer seconds;

    @Option(names = "--switchovers", paramLabel = "N", description = "How many switchovers. Default: 20.")
    private Integer switchovers;

    @Option(names = "--minutes", paramLabel = "N", description = "How long endurance is measured. Default: 3.")
    private Integer minutes;

    @Option(names = "--sessions", paramLabel = "N", description = "How many sessions scale sets up. Default: 10000000.")
    private Integer sessions;

    @Option(names = "--list", description = "Name the measures.")
    private boolean list;

    /** Runs the program and exits. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        CommandLine line = new CommandLine(new Bench());
        line.setParameterExceptionHandler((e, arguments) -> {
            e.getCommandLine().getErr().println("run/bench: " + e.getMessage() + ". See run/bench --help");
            return BAD_INPUT;
        });
        return line.execute(args);
    }

    @Override
    public Integer call() throws IOException {
        if (list) {
            MEASURES.forEach(measure -> out.printf("%-12s %s%n", measure.name(), measure.about()));
            return 0;
        }
        List<Measure> chosen = chosen();
        Map<String, Object> machine = Machine.describe();
        int measured = positive("--seconds", seconds, quick ? 5 : 30);
        int rounds = positive("--switchovers", switchovers, quick ? 2 : 20);
        int lasting = positive("--minutes", minutes, quick ? 1 : 3);
        if (sessions != null && (sessions < 1000 || sessions > MOST_SESSIONS)) {
            throw new ParameterException(spec.commandLine(), "--sessions " + sessions + " must be 1000 to " + MOST_SESSIONS);
        }
        int standing = sessions == null ? quick ? 200_000 : 10_000_000 : sessions;
        Path folder = Files.createTempDirectory("twinwall-bench-");
        Workshop workshop = Workshop.in(folder, measured, lasting, quick, rounds, standing, line -> err.println("    " + line));
        Thread cleanup = new Thread(() -> cleanUp(workshop), "bench-cleanup");
        Runtime.getRuntime().addShutdownHook(cleanup);
        List<Row> rows = new ArrayList<>();
        try {
            for (Measure measure : chosen) {
                rows.addAll(measured(measure, workshop));
            }
        } finally {
            cleanUp(workshop);
        }
        out.println(json ? JsonReport.of(machine, rows) : TextReport.of(machine, rows));
        return rows.stream().allMatch(row -> row.measured() && !row.missed()) ? 0 : MISSED;
    }

    private List<Measure> chosen() {
        List<String> names = MEASURES.stream().map(Measure::name).toList();
        for (String name : only) {
            if (!names.contains(name)) {
                throw new ParameterException(spec.commandLine(), "There is no measure '" + name + "', only " + String.join(", ", names));
            }
        }
        return MEASURES.stream().filter(this::wanted).toList();
    }

    /** What takes most of a machine's memory, or minutes, is measured when it is asked for. */
    private boolean wanted(Measure measure) {
        return only.isEmpty() ? !measure.onlyByName() : only.contains(measure.name());
    }

    private int positive(String option, Integer given, int otherwise) {
        if (given != null && (given < 1 || given > 10_000)) {
            throw new ParameterException(spec.commandLine(), option + " " + given + " must be 1 to 10000");
        }
        return given == null ? otherwise : given;
    }

    private List<Row> measured(Measure measure, Workshop workshop) {
        err.println(measure.name() + ": " + measure.about());
        try {
            return measure.run(workshop);
        } catch (IOException | RuntimeException e) {
            workshop.tell("not measured: " + e.getMessage());
            return List.of(Row.notMeasured(measure.name(), String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Row.notMeasured(measure.name(), "interrupted"));
        } finally {
            workshop.closeAll();
        }
    }

    /** Also from the shutdown hook, when the user has had enough: no process and no folder stays behind. */
    private static void cleanUp(Workshop workshop) {
        workshop.closeAll();
        try (Stream<Path> files = Files.walk(workshop.folder())) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).toList().forEach(File::delete);
        } catch (IOException gone) {
            // A second clean-up finds nothing left.
        }
    }
}
