/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.firewall.embedded.TestFirewall.SERVER;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A session of the peer is not used before the entries that it needs are here, and is as soon as they are. */
class NeededEntriesTest {

    private static final String CLIENT = "10.0.0.1";

    @TempDir
    private Path folder;

    private TestFirewall firewall(boolean forwarding, List<String> more) {
        List<String> settings = new ArrayList<>(List.of("forwarding", String.valueOf(forwarding)));
        settings.addAll(more);
        TestFirewall made = new TestFirewall(settings.toArray(String[]::new));
        made.pass(0);
        return made;
    }

    private static Verdict udp(TestFirewall on) {
        return on.inside(Frames.udp(CLIENT, 5000, SERVER, 53, 10));
    }

    private void assertNeeded(String type, String reason, List<String> settings, Consumer<TestFirewall> login) {
        TestFirewall failed = firewall(true, settings);
        login.accept(failed);
        assertThat(udp(failed).forwarded()).isTrue();
        assertThat(udp(failed).forwarded()).isTrue();
        TestFirewall next = firewall(false, settings);
        failed.copyAllBut(next, type);
        next.takeOverFrom(failed);
        assertThat(next.firewall.tables().get("ipv4-session").size()).as("the session is here").isEqualTo(1);
        assertThat(udp(next).reason().label()).isEqualTo(reason);
        failed.copyTo(next);
        assertThat(udp(next).forwarded()).as("once " + type + " is here").isTrue();
    }

    @ParameterizedTest
    @CsvSource({"napt, ", "port-block, napt_port_blocks=true", "car-nat, car_nat_limit=10"})
    void aTranslatedSessionNeedsItsEntries(String type, String setting) {
        List<String> settings = new ArrayList<>(List.of("napt_pool", TestFirewall.PUBLIC));
        if (setting != null) {
            settings.addAll(List.of(setting.split("=")));
        }
        assertNeeded(type, "no-mapping", settings, any -> { });
    }

    @Test
    void aSessionOfAUserNeedsTheUser() {
        List<String> settings = List.of("rules", "allow inside->outside udp user any", "aaa_credential_file",
                Credentials.in(folder).toString());
        assertNeeded("aaa-user", "user-required", settings,
                firewall -> firewall.firewall.users().login(Credentials.address(CLIENT), "alice", Credentials.password("alice")));
    }
}
