/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.firewall.embedded.TestFirewall.PUBLIC;
import static twinwall.firewall.embedded.TestFirewall.SERVER;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session of the peer is used only when the entry is there that its translation depends on. */
class BindingDemandedTest {

    private static final String GLOBAL = "203.0.113.90";
    private static final String[] SETTINGS = {"napt_pool", PUBLIC, "napt_port_blocks", "true", "car_nat_limit", "9", "destination_nat",
        "udp 203.0.113.90 port 53 -> 10.0.0.10-10.0.0.12", "rules", "allow inside->outside; allow outside->inside 203.0.113.88/29"};
    private static final byte[] UP = Frames.udp("10.0.0.5", 4000, SERVER, 53, 1);
    private static final byte[] MAPPED_UP = Frames.udp("10.7.0.5", 4000, SERVER, 53, 1);
    private static final byte[] IN = Frames.udp(SERVER, 4000, GLOBAL, 53, 1);
    private static final byte[] IN_TO_SERVER = Frames.udp(SERVER, 4000, "203.0.113.91", 53, 1);

    private final TestFirewall active = new TestFirewall(SETTINGS);
    private final TestFirewall standby = new TestFirewall(SETTINGS);

    private static byte[] frame(String table) {
        return switch (table) {
            case "destination-nat" -> IN;
            case "static-mapping" -> MAPPED_UP;
            case "nat-server" -> IN_TO_SERVER;
            default -> UP;
        };
    }

    private static Verdict send(TestFirewall firewall, String table) {
        boolean in = table.equals("destination-nat") || table.equals("nat-server");
        return firewall.send(in ? EmbeddedFirewall.OUTSIDE : EmbeddedFirewall.INSIDE, frame(table)).verdict();
    }

    private void begin(String table) {
        standby.firewall.setForwarding(false);
        active.command("static-mapping", "add", "inside", "10.7.0.0/24", "outside", "203.0.113.7");
        active.command("nat-server", "add", "name", "dns", "global", "203.0.113.91", "inside", "10.0.0.80");
        assertThat(send(active, table).forwarded()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"destination-nat", "static-mapping", "port-block", "car-nat", "napt"})
    void aSessionWhoseEntryIsMissingIsRefused(String table) {
        begin(table);
        active.copyAllBut(standby, table);
        standby.takeOverFrom(active);
        assertThat(send(standby, table).reason()).isEqualTo(DropReason.NO_MAPPING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"destination-nat", "static-mapping", "port-block", "car-nat", "napt"})
    void aSessionThatCameBeforeItsEntryGoesOn(String table) {
        begin(table);
        active.copyAllBut(standby, table);
        active.copyTo(standby);
        standby.takeOverFrom(active);
        assertThat(send(standby, table).reason()).isNull();
        assertThat(standby.firewall.ipv4Sessions().size()).isEqualTo(1);
    }

    @Test
    void aSessionOfAServerThatWasRemovedGoesOn() {
        begin("nat-server");
        active.command("nat-server", "remove", "name", "dns");
        active.copyTo(standby);
        standby.takeOverFrom(active);
        assertThat(send(standby, "nat-server").reason()).isNull();
    }
}
