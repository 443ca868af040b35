/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.TestFirewall.CLIENT;
import static twinwall.firewall.embedded.TestFirewall.syn;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import twinwall.firewall.FirewallCommand;

class ListCommandsTest {

    private final TestFirewall firewall = new TestFirewall();

    private Map<String, Object> run(String name, String verb, Map<String, String> arguments) {
        return firewall.firewall.commands().stream().filter(command -> command.name().equals(name)).findFirst().orElseThrow()
                .run(verb, arguments);
    }

    @Test
    void bothListsAreChangedByCommand() {
        run("blacklist", "add", Map.of("address", CLIENT, "reason", "virus", "timeout_s", "60", "protocol", "tcp", "port", "80"));
        assertThat(firewall.inside(syn()).reason()).isEqualTo(DropReason.BLACKLISTED);
        run("whitelist", "add", Map.of("address", TestFirewall.SERVER, "direction", "destination"));
        assertThat(firewall.inside(syn()).forwarded()).isTrue();
        assertThat(run("blacklist", "list", Map.of())).containsEntry("size", 1).containsEntry("entries", List.of(Map.of("direction",
                "source", "address", CLIENT, "protocol", 6, "port", 80, "origin", "manual", "reason", "virus", "timeoutSeconds", 60,
                "remainingSeconds", 60)));
        assertThat(run("whitelist", "remove", Map.of("address", TestFirewall.SERVER, "direction", "destination")))
                .containsEntry("removed", true);
        assertThat(run("blacklist", "remove", Map.of("address", CLIENT))).as("another entry").containsEntry("removed", false);
        assertThat(run("blacklist", "remove", Map.of("address", CLIENT, "protocol", "6", "port", "80"))).containsEntry("removed", true);
    }

    @Test
    void noMoreIsShownThanAskedFor() {
        for (int i = 0; i < 300; i++) {
            run("blacklist", "add", Map.of("address", "2001:db8::" + Integer.toHexString(i + 1)));
        }
        assertThat((List<?>) run("blacklist", "list", Map.of("limit", "7")).get("entries")).hasSize(7);
        assertThat(run("blacklist", "list", Map.of())).containsEntry("size", 300);
    }

    @Test
    void whatCannotBeUsedIsNamed() {
        refused("blacklist", "ban", Map.of(), "blacklist: knows add, list, remove, not ban");
        refused("blacklist", "add", Map.of(), "blacklist add: address is missing");
        refused("whitelist", "add", Map.of("address", "example.org"), "whitelist add: address must be an IPv4 or IPv6 address, unlike "
                + "example.org");
        refused("whitelist", "add", Map.of("address", CLIENT, "origin", "x"),
                "whitelist add: takes address, direction, protocol, port, reason, timeout_s, not origin");
        refused("blacklist", "add", Map.of("address", CLIENT, "port", "99999"), "blacklist add: port must be 0 to 65535, unlike 99999");
        refused("blacklist", "add", Map.of("address", CLIENT, "direction", "up"),
                "blacklist add: direction must be one of source, destination, unlike up");
        refused("blacklist", "add", Map.of("address", CLIENT, "protocol", "quic"),
                "blacklist add: protocol must be 0 to 255, unlike quic");
        refused("blacklist", "add", Map.of("address", CLIENT, "reason", "x".repeat(201)),
                "timeout must be 1 s to 10 years, the reason at most 200 characters");
    }

    @Test
    void whatAProgramHasFoundItselfIsDynamic() {
        run("blacklist", "add", Map.of("address", CLIENT, "origin", "dynamic"));
        assertThat(run("blacklist", "list", Map.of()).get("entries").toString()).contains("origin=dynamic");
        refused("blacklist", "add", Map.of("address", CLIENT, "origin", "rumour"),
                "blacklist add: origin must be one of manual, dynamic, unlike rumour");
    }

    @Test
    void argumentsOfEveryCommandAreWrittenLikeSettings() {
        for (FirewallCommand command : firewall.firewall.commands()) {
            command.verbs().forEach((verb, help) -> assertThat(help.indexOf(": ") < 0 ? "" : help.substring(0, help.indexOf(": ")))
                    .as(command.name() + " " + verb).matches("[a-z0-9_ \\[\\]=|]*"));
        }
    }

    private void refused(String name, String verb, Map<String, String> arguments, String message) {
        assertThatThrownBy(() -> run(name, verb, arguments)).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
