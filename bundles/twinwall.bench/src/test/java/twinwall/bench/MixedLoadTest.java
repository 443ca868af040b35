/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;

import org.junit.jupiter.api.Test;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.FirewallSettings;

class MixedLoadTest {

    private final EmbeddedFirewall firewall = new EmbeddedFirewall(FirewallSettings.of(Map.of("forwarding", "true", "clock", "packets",
            "verify_transport_checksums", "true", "napt_pool", "203.0.113.0/24")));
    private final Ipv4Frame[] frames = new Ipv4Frame[18];

    MixedLoadTest() {
        frames[1] = new Ipv4Frame(1, 8);
        frames[6] = new Ipv4Frame(6, 20);
        frames[17] = new Ipv4Frame(17, 8);
    }

    @Test
    void aFirewallThatTranslatesAndChecksEverythingForwardsEveryKindOfFlow() {
        int number = 0;
        for (FlowKind kind : FlowKind.values()) {
            MixedFlow flow = new MixedFlow(kind, number++, 0);
            while (flow.left() > 0) {
                assertThat(flow.send(firewall, frames, flow.nextAt() / 1000)).as("%s, %d left", kind, flow.left()).isTrue();
            }
        }
        assertThat(firewall.ipv4Sessions().size()).isEqualTo(FlowKind.values().length);
    }

    @Test
    void aFlowIsDueWhenTheFirewallBacksItUpByDefault() {
        MixedFlow tcp = new MixedFlow(FlowKind.TCP, 1, 0);
        tcp.send(firewall, frames, 0);
        tcp.send(firewall, frames, 1);
        assertThat(tcp.due()).isFalse();
        tcp.send(firewall, frames, 2);
        assertThat(tcp.due()).as("the handshake is complete").isTrue();
        MixedFlow icmp = new MixedFlow(FlowKind.ICMP, 2, 0);
        icmp.send(firewall, frames, 3);
        icmp.send(firewall, frames, 4);
        assertThat(icmp.due()).isFalse();
    }

    @Test
    void theSameSeedGivesTheSameFlows() {
        Answer once = new MixedLoad(firewall, false, () -> 0, 7).run(0, 2000, 200);
        Answer again = new MixedLoad(firewall, false, () -> 0, 7).run(1_000_000, 2000, 200);
        assertThat(value(again, "flows")).isEqualTo(value(once, "flows")).isNotEqualTo("0");
        assertThat(value(again, "packets")).isEqualTo(value(once, "packets"));
        assertThat(value(once, "refused")).isEqualTo("0");
    }

    @Test
    void everySessionIsProtectedWithQuickBackupAndNoLagAndNoneWhileAllLag() {
        assertThat(value(new MixedLoad(firewall, true, () -> 0, 7).run(0, 3000, 700), "safeSessionsPpm")).isEqualTo("1000000");
        assertThat(value(new MixedLoad(firewall, true, () -> 1_000_000, 7).run(1_000_000, 3000, 700), "safePacketsPpm")).isEqualTo("0");
    }

    private static String value(Answer answer, String name) {
        return Arrays.stream(answer.toString().split(" ")).filter(word -> word.startsWith(name + "=")).findFirst().orElseThrow()
                .substring(name.length() + 1);
    }
}
