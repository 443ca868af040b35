/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

import twinwall.firewall.FirewallCommand;

/**
 * What the API answers about the firewall's own commands. At most {@value #MOST_AT_ONCE} run at a time, so that commands that hang cannot
 * take the threads that status and health need.
 */
final class FirewallPages {

    private static final System.Logger LOG = System.getLogger(ManagementApi.PID);
    private static final int MOST_AT_ONCE = 4;

    private final Supplier<Map<String, FirewallCommand>> commands;
    private final Semaphore running = new Semaphore(MOST_AT_ONCE);

    /** Offers the commands of the moment, by name. */
    FirewallPages(Supplier<Map<String, FirewallCommand>> commands) {
        this.commands = commands;
    }

    /** Every command with its verbs and their help. */
    Answer list() {
        return Answer.json(200, Map.of("commands", described()));
    }

    private List<Map<String, Object>> described() {
        List<Map<String, Object>> all = new ArrayList<>();
        commands.get().forEach((name, command) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", name);
            one.put("verbs", verbs(name, command));
            all.add(one);
        });
        return all;
    }

    /** Runs a command; {@code body} is what {@link Arguments} reads. */
    Answer run(String name, String verb, byte[] body) throws BadRequest {
        FirewallCommand command = commands.get().get(name);
        if (command == null) {
            return unknown("This firewall has no command '" + name + "'.");
        }
        Map<String, String> verbs = verbs(name, command);
        if (!verbs.containsKey(verb)) {
            return unknown("The command '" + name + "' has no verb '" + verb + "'.");
        }
        Map<String, String> arguments = Arguments.read(body);
        if (!running.tryAcquire()) {
            return Answer.error(503, MOST_AT_ONCE + " commands of the firewall are still running.", "Try again when one has ended.");
        }
        try {
            return Answer.json(200, command.run(verb, arguments));
        } catch (IllegalArgumentException e) {
            return Answer.error(400, said(e), "POST /api/firewall/" + name + "/" + verb + " takes " + verbs.get(verb));
        } catch (IllegalStateException e) {
            return Answer.error(409, said(e), "Nothing else is affected. Cure what the error names, then try again.");
        } catch (RuntimeException | LinkageError e) {
            failed(name + " " + verb, e);
            return Answer.error(500, "The command " + name + " " + verb + " failed inside the firewall.", "The firewall's log says why.");
        } finally {
            running.release();
        }
    }

    /** A command that cannot even say what it does is shown without verbs. */
    private static Map<String, String> verbs(String name, FirewallCommand command) {
        try {
            return new TreeMap<>(command.verbs());
        } catch (RuntimeException | LinkageError e) {
            failed(name, e);
            return Map.of();
        }
    }

    private static void failed(String command, Throwable e) {
        LOG.log(Level.ERROR, "The firewall's command " + command + " failed: " + e + ". The API goes on.");
    }

    private static String said(RuntimeException e) {
        return e.getMessage() == null ? "The firewall refused it without a reason." : e.getMessage();
    }

    private Answer unknown(String error) {
        Map<String, Object> body = new LinkedHashMap<>(Answer.errorBody(error, "See commands."));
        body.put("commands", described());
        return Answer.json(404, body);
    }
}
