/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run/node user}: who may log in at a firewall. */
@Command(name = "user", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "add",
    description = "Says who may log in at a firewall.")
final class UserCommands implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do, for example: run/node user add --config DIR NAME");
    }

    @Command(name = "add", mixinStandardHelpOptions = true,
        description = "Puts a user into the firewall's credential file, or gives one who is there a new password. Asks for the password,"
            + " or reads one line of standard input. Copy the file to the other firewall: it is not backed up.")
    int add(
            @Option(names = "--config", paramLabel = "DIR", required = true, description = "The firewall's config folder.") Path folder,
            @Option(names = "--group", paramLabel = "PATH", defaultValue = "/", description = "The user's group, such as /staff/sales.")
                String group,
            @Option(names = "--security-group", paramLabel = "NAME", defaultValue = "", description = "A group across that tree.")
                String securityGroup,
            @Parameters(paramLabel = "NAME", description = "The user's name.") String name) throws IOException, Refusal {
        ConfigFolder config = new ConfigFolder(folder);
        config.validate();
        UserFile file = new UserFile(config.credentials());
        byte[] password = password(name);
        boolean known = file.put(name, password, group, securityGroup);
        Arrays.fill(password, (byte) 0);
        System.out.println((known ? "Changed " : "Added ") + name + " in " + file.path()
            + ". A running firewall reads it at the next login.");
        return 0;
    }

    private static byte[] password(String name) throws IOException, Refusal {
        Console console = System.console();
        if (console == null) {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            if (line == null) {
                throw new Refusal("Standard input is empty. Say the password there, in one line.");
            }
            return line.getBytes(StandardCharsets.UTF_8);
        }
        char[] once = console.readPassword("Password of %s: ", name);
        char[] again = console.readPassword("Again: ");
        if (once == null || !Arrays.equals(once, again)) {
            throw new Refusal("The two passwords differ. Nothing was changed.");
        }
        return new String(once).getBytes(StandardCharsets.UTF_8);
    }
}
