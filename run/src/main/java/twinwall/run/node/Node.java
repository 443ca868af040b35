/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The program {@code run/node}: runs one firewall, or makes the config folders to run one or two. */
@Command(name = "run/node", mixinStandardHelpOptions = true, versionProvider = Node.Version.class,
    subcommands = UserCommands.class,
    description = "Runs one firewall of a hot standby group until it is told to stop (SIGTERM, Ctrl-C).",
    footer = {"", "Exit status: 0 stopped, 2 the command line or config folder cannot be used, 3 a bundle does not start."})
public final class Node implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "DIR", description = "The firewall's config folder. What is missing in it is made.")
    private Path config;

    @Option(names = "--without", paramLabel = "BUNDLE", description = "Leave this bundle out, by its symbolic name; may be given several "
        + "times. Without a handler, its table is not backed up.")
    private Set<String> without = Set.of();

    @Option(names = "--shell", description = "Take commands on this terminal: 'help' lists them, 'status' is one. Leaving it stops the "
        + "firewall.")
    private boolean shell;

    @Option(names = "--verbose", description = "Log DEBUG lines of twinwall too.")
    private boolean verbose;

    /** Runs the program and exits. */
    public static void main(String[] args) {
        System.exit(run(new PrintWriter(System.err, true), args));
    }

    static int run(PrintWriter complaints, String... args) {
        CommandLine line = new CommandLine(new Node()).setErr(complaints);
        line.setParameterExceptionHandler((e, arguments) -> {
            String program = e.getCommandLine().getCommandSpec().qualifiedName();
            e.getCommandLine().getErr().println(program + ": " + e.getMessage() + ". See " + program + " --help");
            return Refusal.BAD_CONFIG;
        });
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            String message = e instanceof Refusal ? e.getMessage() : e.toString();
            message.lines().forEach(text -> command.getErr().println("run/node: " + text));
            return e instanceof Refusal refusal ? refusal.exitStatus() : e instanceof IOException ? Refusal.BAD_CONFIG : 1;
        });
        return line.execute(args);
    }

    @Override
    public Integer call() throws Exception {
        if (config == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--config=DIR'");
        }
        return new RunningNode(new ConfigFolder(config), without, shell).run(verbose);
    }

    @Command(name = "init", mixinStandardHelpOptions = true,
        description = "Makes the config folder of a firewall whose peer is on another machine, and says what to do next.")
    int init(
            @Option(names = "--config", paramLabel = "DIR", required = true, description = "The folder to make.") Path folder,
            @Option(names = "--name", paramLabel = "NAME", required = true, description = "Name of this firewall.") String name,
            @Option(names = "--peer", paramLabel = "NAME", required = true, description = "Name of the other firewall.") String peer,
            @Option(names = "--listen", paramLabel = "ADDRESS[:PORT]", required = true,
                description = "This machine's end of the heartbeat link. Port 7400 unless given.") String listen,
            @Option(names = "--peer-address", paramLabel = "ADDRESS[:PORT]", required = true,
                description = "The other machine's end of the heartbeat link.") String connect) throws IOException, Refusal {
        new NewFolder(folder, name, peer, NewFolder.Endpoint.parse(listen), NewFolder.Endpoint.parse(connect))
            .make(System.out::println);
        return 0;
    }

    @Command(name = "pair", mixinStandardHelpOptions = true,
        description = "Makes the config folders of two firewalls on this machine, ready to run: keys made and exchanged.")
    int pair(
            @Parameters(paramLabel = "DIR_A", description = "Folder of fw-a.") Path folderA,
            @Parameters(paramLabel = "DIR_B", description = "Folder of fw-b.") Path folderB,
            @Option(names = "--base-port", paramLabel = "N", defaultValue = "0",
                description = "Use ports N to N+5: links of A and B, management of A and B, packets of A and B. Default: free ports,"
                    + " written to management.port and packets.port in each folder.") int basePort) throws IOException, Refusal {
        PairFolder pair = PairFolder.at(folderA, folderB).basePort(basePort).make();
        for (PairFolder.Side side : new PairFolder.Side[] {pair.a(), pair.b()}) {
            System.out.println("Made " + side.folder() + ". Start it: run/node --config " + side.folder());
        }
        return 0;
    }

    /** Reads the version that the build put into the jar. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Node.class.getPackage().getImplementationVersion();
            String twinwall = version == null ? "not from a jar" : version;
            return new String[] {"Twinwall " + twinwall + ", Java " + System.getProperty("java.version")};
        }
    }
}
