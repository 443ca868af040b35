/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import twinwall.run.capture.CaptureException;
import twinwall.run.demo.asymmetric.AsymmetricDemo;
import twinwall.run.demo.tables.TablesDemo;
import twinwall.run.pair.Folders;
import twinwall.run.pair.NotStartedException;
import twinwall.run.program.Owned;
import twinwall.run.program.WorkFolder;
import twinwall.run.report.Timeline;

/** The program {@code run/demo}. */
@Command(name = "run/demo", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Sends a capture through a firewall that backs its tables up to a second one, kills the first in the middle, and "
                + "counts what that cost: beside a firewall that never fails, and beside a failover without backup.",
        footer = {"", "Exit status: 0 nothing that was due for backup was lost, and with --asymmetric every connection with confirm before "
                + "forward was established; 1 something was, or one was not; 2 the command line or the capture "
                + "cannot be used; 3 the firewalls could not be started."})
public final class Demo implements Callable<Integer> {

    static final int LOST = 1;
    static final int BAD_INPUT = 2;
    static final int NOT_STARTED = 3;

    private static final int MOST_DELAY_MICROS = 1_000_000;
    private static final int MOST_CONNECTIONS = 100_000;

    private volatile boolean stopped;
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    private final Owned owned = new Owned(complaint -> err.println("run/demo: " + complaint));

    @Spec
    private CommandSpec spec;

    @Option(names = "--capture", paramLabel = "FILE", description = "pcap or pcapng, may be packed with gzip. Default: one that the "
            + "project ships.")
    private Path capture;

    @Option(names = "--fail-at", paramLabel = "N|N%", defaultValue = "50%", converter = FailPointConverter.class,
            description = "FW_A is killed after so many packets, or after that share of the capture. Default: half of it.")
    private Options.FailPoint failAt;

    @Option(names = "--quick-backup", description = "Back up at creation: half-open TCP, first UDP packet, ICMP.")
    private boolean quickBackup;

    @Option(names = "--nat", negatable = true, defaultValue = "true", fallbackValue = "true",
            description = "Translate private IPv4 sources to public addresses (NAPT), as most firewalls do. Default: on.")
    private boolean nat;

    @Option(names = "--kill-at-once", description = "Kill FW_A in the middle of its work, without waiting until FW_B has confirmed "
            + "the last changes.")
    private boolean killAtOnce;

    @Option(names = "--tables", description = "Instead of a capture: one scenario for each service table, and what became of "
            + "every table. Goes with --without, --json and --keep.")
    private boolean tables;

    @Option(names = "--without", paramLabel = "TYPE", split = ",", description = "With --tables: leave out the handlers of these tables, "
            + "or of all, and see what is lost without their backup.")
    private List<String> without = List.of();

    @Option(names = "--asymmetric", description = "Instead of a capture: connections whose SYN goes through FW_A and whose SYN-ACK comes "
            + "through FW_B, by default, with quick backup, and with confirm before forward. Goes with --redirect, --path-delay-us, "
            + "--connections, --json and --keep.")
    private boolean asymmetric;

    @Option(names = "--redirect", description = "With --asymmetric: shows a fourth way, too. FW_B gives packets of sessions that it does "
            + "not have to FW_A.")
    private boolean redirect;

    @Option(names = "--path-delay-us", paramLabel = "N", split = ",", description = "With --asymmetric: at least so long after the SYN has "
            + "come out of FW_A the SYN-ACK comes to FW_B; one run for each. Default: 0,100,500,2000.")
    private List<Integer> pathDelays = List.of();

    @Option(names = "--connections", paramLabel = "N", description = "With --asymmetric: connections of each run, 1 to 100000. "
            + "Default: 500.")
    private Integer connections;

    @Option(names = "--json", description = "Write the result as JSON.")
    private boolean json;

    @Option(names = "--keep", paramLabel = "DIR", description = "Keep configuration and logs of both firewalls in this new folder.")
    private Path keep;

    /** Runs the program and exits. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        Demo demo = new Demo();
        CommandLine line = new CommandLine(demo);
        line.setParameterExceptionHandler((e, arguments) -> {
            e.getCommandLine().getErr().println("run/demo: " + e.getMessage() + ". See run/demo --help");
            return BAD_INPUT;
        });
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            boolean badInput = e instanceof CaptureException || e instanceof IllegalArgumentException;
            String message = e.getMessage() == null ? e.toString() : e.getMessage();
            if (!demo.stopped) {
                command.getErr().println("run/demo: " + message);
            }
            return badInput ? BAD_INPUT : NOT_STARTED;
        });
        return line.execute(args);
    }

    @Override
    public Integer call() throws IOException, NotStartedException {
        Thread cleanup = new Thread(this::stop, "demo-cleanup");
        Runtime.getRuntime().addShutdownHook(cleanup);
        try {
            refuseWhatDoesNotGoTogether();
            if (tables) {
                return tables();
            }
            if (asymmetric) {
                return asymmetric();
            }
            Options options = new Options(capture == null ? shipped() : capture, failAt, quickBackup, nat, killAtOnce, keep);
            Path work = workFolder();
            Timeline timeline = new Timeline(err::println);
            timeline.beginning("Reading " + options.capture());
            Capture read = Capture.read(options.capture(), work);
            Result result = new Failover(options, read, timeline, owned::own).run(work);
            err.println();
            out.println(json ? JsonReport.of(result) : TextReport.of(result, terminal()));
            return result.lost() == 0 ? 0 : LOST;
        } finally {
            owned.close();
        }
    }

    /** An option without effect would be taken for one that had its effect. */
    private void refuseWhatDoesNotGoTogether() {
        if (!tables && !without.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--without goes with --tables only");
        }
        if (!asymmetric && (!pathDelays.isEmpty() || connections != null || redirect)) {
            throw new ParameterException(spec.commandLine(), "--path-delay-us, --connections and --redirect go with --asymmetric only");
        }
        if (tables && asymmetric) {
            throw new ParameterException(spec.commandLine(), "--tables and --asymmetric are two demonstrations. Choose one");
        }
        for (String option : List.of("--capture", "--fail-at", "--quick-backup", "--nat", "--kill-at-once")) {
            if ((tables || asymmetric) && spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new ParameterException(spec.commandLine(), option + " does not go with " + (tables ? "--tables" : "--asymmetric")
                        + ", which sends no capture");
            }
        }
    }

    private int tables() throws IOException, NotStartedException {
        Path work = workFolder();
        TablesDemo.Outcome outcome = new TablesDemo(without, new Timeline(err::println), owned::own).run(work);
        err.println();
        out.println(json ? outcome.json() : outcome.text(terminal()));
        return outcome.survived() ? 0 : LOST;
    }

    private int asymmetric() throws IOException, NotStartedException {
        List<Integer> delays = pathDelays.isEmpty() ? AsymmetricDemo.DELAYS : pathDelays;
        int count = connections == null ? AsymmetricDemo.CONNECTIONS : connections;
        if (delays.stream().anyMatch(delay -> delay < 0 || delay > MOST_DELAY_MICROS) || delays.size() != Set.copyOf(delays).size()) {
            throw new ParameterException(spec.commandLine(), "--path-delay-us must be different numbers of 0 to " + MOST_DELAY_MICROS);
        }
        if (count < 1 || count > MOST_CONNECTIONS) {
            throw new ParameterException(spec.commandLine(), "--connections must be 1 to " + MOST_CONNECTIONS);
        }
        Path work = workFolder();
        AsymmetricDemo.Outcome outcome = new AsymmetricDemo(delays, count, redirect, new Timeline(err::println), owned::own).run(work);
        err.println();
        out.println(json ? outcome.json() : outcome.text(terminal()));
        return outcome.confirmed() ? 0 : LOST;
    }

    /** Named as seen from the present folder where it is below it. */
    private static Path shipped() {
        Path capture = Path.of(System.getProperty("twinwall.root", ".")).toAbsolutePath().normalize()
                .resolve(Path.of("run", "captures", "office.pcap"));
        Path here = Path.of("").toAbsolutePath().normalize();
        return capture.startsWith(here) ? here.relativize(capture) : capture;
    }

    private static boolean terminal() {
        return Boolean.getBoolean("twinwall.terminal");
    }

    private Path workFolder() throws IOException {
        Path work = WorkFolder.of(keep, "twinwall-demo-", spec.commandLine());
        if (keep == null) {
            owned.own(() -> Folders.delete(work));
        }
        return work;
    }

    /** The user has had enough: no process and no folder stays behind, and that firewalls are gone now is no news. */
    private void stop() {
        stopped = true;
        owned.close();
    }

    /** Reads {@code 412} and {@code 50%}. */
    static final class FailPointConverter implements ITypeConverter<Options.FailPoint> {

        @Override
        public Options.FailPoint convert(String text) {
            try {
                return Options.FailPoint.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
