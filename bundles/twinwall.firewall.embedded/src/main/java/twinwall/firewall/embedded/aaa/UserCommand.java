/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.aaa;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import twinwall.firewall.FirewallCommand;
import twinwall.firewall.OnlineUser;
import twinwall.firewall.embedded.command.Arguments;
import twinwall.firewall.embedded.command.Shown;

/** The command {@code aaa}: log users in and out, and show who is online. */
final class UserCommand implements FirewallCommand {

    private final UsersPart users;

    UserCommand(UsersPart users) {
        this.users = users;
    }

    @Override
    public String name() {
        return "aaa";
    }

    @Override
    public Map<String, String> verbs() {
        return Map.of("login", "address user password: logs the user in at the address",
                "logout", "address | user: logs out whoever is at the address, or the user everywhere",
                "show", "address: who is there",
                "list", "[limit]: shows who is online, at most " + Shown.MOST);
    }

    @Override
    public Map<String, Object> run(String verb, Map<String, String> given) {
        String command = name() + " " + verb;
        return switch (verb) {
            case "login" -> login(new Arguments(command, given, "address", "user", "password"), given);
            case "logout" -> Map.of("loggedOut", logout(new Arguments(command, given, "address", "user")));
            case "show" -> users.at(new Arguments(command, given, "address").address("address")).map(UserCommand::shown).orElse(Map.of());
            case "list" -> Shown.of(users.table(), new Arguments(command, given, "limit").number("limit", 1, Shown.MOST, 100),
                    UserCommand::shown);
            default -> throw Arguments.noVerb(name(), verb, verbs());
        };
    }

    private Map<String, Object> login(Arguments arguments, Map<String, String> given) {
        arguments.text("password");
        // A password may begin or end with blanks.
        return shown(users.login(arguments.address("address"), arguments.text("user"),
                given.get("password").getBytes(StandardCharsets.UTF_8)));
    }

    private int logout(Arguments arguments) {
        if (arguments.has("user")) {
            return users.logout(arguments.text("user"));
        }
        return users.logout(arguments.address("address")) ? 1 : 0;
    }

    private static Map<String, Object> shown(OnlineUser user) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("address", user.address().getHostAddress());
        shown.put("user", user.user());
        shown.put("groupPath", user.groupPath());
        shown.put("securityGroup", user.securityGroup());
        shown.put("origin", Arguments.written(user.origin()));
        shown.put("method", Arguments.written(user.method()));
        shown.put("loginSeconds", user.loginSeconds());
        shown.put("timeoutSeconds", user.timeoutSeconds());
        shown.put("remainingSeconds", user.remainingSeconds());
        return shown;
    }
}
