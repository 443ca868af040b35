/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twinwall.firewall.Ip4;

class ServerGroupTest {

    private static ServerGroup group(int... weights) {
        ServerGroup group = new ServerGroup("web");
        for (int i = 0; i < weights.length; i++) {
            group.add(new RealServer(new Ip4(i), 80, weights[i]));
        }
        return group;
    }

    private static String choices(ServerGroup group, int count, Health health) {
        StringBuilder chosen = new StringBuilder();
        for (int i = 0; i < count; i++) {
            chosen.append((char) ('A' + group.choose(health).address().bits()));
        }
        return chosen.toString();
    }

    @Test
    void turnsAreSpreadAndNotBunched() {
        assertThat(choices(group(3, 1), 8, Health.UNKNOWN)).isEqualTo("AABAAABA");
        assertThat(choices(group(1, 1, 1), 6, Health.UNKNOWN)).isEqualTo("ABCABC");
        assertThat(choices(group(5, 1, 1), 7, Health.UNKNOWN)).isEqualTo("AABACAA");
    }

    @Test
    void everyRoundGivesEachServerExactlyItsShare() {
        Random random = new Random(11);
        for (int run = 0; run < 200; run++) {
            int[] weights = random.ints(1 + random.nextInt(10), 1, 101).toArray();
            ServerGroup group = group(weights);
            Map<Integer, Integer> count = new HashMap<>();
            for (int i = 0; i < Arrays.stream(weights).sum(); i++) {
                count.merge(group.choose(Health.UNKNOWN).address().bits(), 1, Integer::sum);
            }
            for (int i = 0; i < weights.length; i++) {
                assertThat(count).containsEntry(i, weights[i]);
            }
        }
    }

    @Test
    void theUnhealthyGetNoTurnAndNobodyGetsOneWhenAllAre() {
        assertThat(choices(group(1, 1, 1), 4, server -> server.address().bits() != 1)).isEqualTo("ACAC");
        assertThat(group(1, 1).choose(server -> false)).isNull();
        assertThat(new ServerGroup("empty").choose(Health.UNKNOWN)).isNull();
    }

    @Test
    void aServerThatIsAddedAgainGetsAnotherWeight() {
        ServerGroup group = group(1, 1);
        group.add(new RealServer(new Ip4(0), 80, 3));
        assertThat(group.servers()).hasSize(2);
        assertThat(choices(group, 4, Health.UNKNOWN)).isEqualTo("AABA");
        assertThat(group.remove(0, 80)).isTrue();
        assertThat(group.remove(0, 80)).isFalse();
        assertThat(choices(group, 2, Health.UNKNOWN)).isEqualTo("BB");
    }

    @Test
    void aGroupHasALimit() {
        ServerGroup group = group(1);
        for (int i = 1; i < ServerGroup.MOST; i++) {
            group.add(new RealServer(new Ip4(i), 80, 1));
        }
        assertThatThrownBy(() -> group.add(new RealServer(new Ip4(9999), 80, 1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void virtualServersAreRead() {
        VirtualServers servers = VirtualServers.parse(
                "web tcp 203.0.113.80:80 -> 10.0.0.10:8080 weight 3, 10.0.0.11:8080; dns udp 203.0.113.80:53->10.0.0.20:53;");
        assertThat(servers.all()).extracting(VirtualServer::name).containsExactly("web", "dns");
        assertThat(servers.find(6, 0xcb007150, 80).group().servers()).containsExactly(new RealServer(new Ip4(0x0a00000a), 8080, 3),
                new RealServer(new Ip4(0x0a00000b), 8080, 1));
        assertThat(servers.find(17, 0xcb007150, 53).name()).isEqualTo("dns");
        assertThat(servers.find(17, 0xcb007150, 80)).isNull();
        assertThat(List.of(VirtualServers.parse("").all().size(), VirtualServers.parse(" ; ").all().size())).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "web tcp 203.0.113.80:80", "web tcp 203.0.113.80:80 ->", "web tcp 203.0.113.80 -> 10.0.0.1:80",
        "web icmp 203.0.113.80:80 -> 10.0.0.1:80", "web tcp 203.0.113.80:0 -> 10.0.0.1:80", "web tcp 2001:db8::1:80 -> 10.0.0.1:80",
        "web tcp 203.0.113.80:80 -> 10.0.0.1:80 weight 0", "web tcp 203.0.113.80:80 -> 10.0.0.1:80 weight 101",
        "web tcp 203.0.113.80:80 -> 10.0.0.1:80,", "web tcp 203.0.113.80:80 -> 10.0.0.0/24:80", "w/b tcp 203.0.113.80:80 -> 10.0.0.1:80",
        "web tcp 203.0.113.80:80 -> 10.0.0.1:80; web tcp 203.0.113.81:80 -> 10.0.0.1:80",
        "web tcp 203.0.113.80:80 -> 10.0.0.1:80; app tcp 203.0.113.80:80 -> 10.0.0.1:80"})
    void impossibleVirtualServersAreRefused(String text) {
        assertThatThrownBy(() -> VirtualServers.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
