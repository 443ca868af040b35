/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import twinwall.group.Networking;
import twinwall.protocol.MemberSettings;
import twinwall.protocol.RoleSettings;
import twinwall.settings.Settings;

class GroupSettingsTest {

    private final List<String> complaints = new ArrayList<>();

    private MemberSettings read(Map<String, Object> values) {
        return GroupSettings.read(new Settings(Config.PID, values, complaints::add), 1);
    }

    @Test
    void nothingGivenIsTheDefaultWithoutAWord() {
        MemberSettings settings = read(Map.of());
        assertThat(settings.hellos().detectionMillis()).isEqualTo(5000);
        assertThat(settings.priority()).isEqualTo(45_000);
        assertThat(complaints).isEmpty();
    }

    @Test
    void aValueThatCannotBeUsedIsNamedWithWhatIsUsedInstead() {
        MemberSettings settings = read(Map.of("hello_interval_ms", "0", "quick_backup", "yes"));
        assertThat(settings.helloIntervalMillis()).isEqualTo(1000);
        assertThat(complaints).containsExactly("twinwall.group: hello_interval_ms=0 must be 10 to 60000. Using 1000.",
                "twinwall.group: quick_backup=yes must be true or false. Using false.");
    }

    @Test
    void rolesAreAsGiven() {
        assertThat(read(Map.of()).roles()).isEqualTo(RoleSettings.DEFAULT);
        MemberSettings settings = read(Map.of("networking", "load-balancing", "preemption", "false", "preemption_delay_ms", "1800000"));
        assertThat(settings.roles()).isEqualTo(new RoleSettings(Networking.LOAD_BALANCING, false, 1_800_000));
        assertThat(complaints).isEmpty();
        read(Map.of("networking", "mirroring"));
        assertThat(complaints).containsExactly(
                "twinwall.group: networking=mirroring must be one of active-standby, load-balancing. Using active-standby.");
    }

    @Test
    void twoFirewallsNeedTwoNames() {
        assertThat(read(Map.of("firewall", "x", "peer", "x")).peer()).isEqualTo("fw-b");
        assertThat(complaints).hasSize(1);
    }
}
