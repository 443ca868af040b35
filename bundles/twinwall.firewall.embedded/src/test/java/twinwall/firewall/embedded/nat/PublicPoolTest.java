/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import twinwall.firewall.embedded.session.FirewallTime;

class PublicPoolTest {

    private int asked;

    private long choose(PortRange ports, int lastFree) {
        asked = 0;
        PublicPool pool = new PublicPool("a_pool", IntStream.range(0, 4096).toArray(), ports, new FirewallTime().share());
        return pool.choose(0, 1, 5, ports, true, (address, port) -> ++asked > lastFree);
    }

    @Test
    void aPoolThatIsUsedUpCostsAPacketOnlySoMuch() {
        assertThat(choose(new PortRange(1024, 65535), Integer.MAX_VALUE)).isEqualTo(PublicPool.NONE);
        assertThat(asked).isBetween(20_000, 40_000);
    }

    @Test
    void ofFewPortsManyAddressesAreTried() {
        assertThat(choose(new PortRange(1024, 1025), 3000)).isNotEqualTo(PublicPool.NONE);
    }

    @Test
    void soManyAddressesAreTriedForOneThatIsGivenAsAWhole() {
        PublicPool pool = new PublicPool("a_pool", IntStream.range(0, 100_000).toArray(), PortRange.ALL,
                new FirewallTime().share());
        asked = 0;
        assertThat(pool.chooseAddress(7, (address, port) -> ++asked > 65_535)).isNotEqualTo(PublicPool.NONE);
        asked = 0;
        assertThat(pool.chooseAddress(7, (address, port) -> ++asked > 65_536)).isEqualTo(PublicPool.NONE);
    }
}
