/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.group.Share;

class IdleBlocksTest {

    private static final int HELD = 10;

    private final List<Block> over = new ArrayList<>();
    private final FirewallTime time = new FirewallTime();
    private final IdleBlocks idle = new IdleBlocks(time, 1_000_000, () -> HELD, over::add);

    private Block granted() {
        Block block = new Block(0, 0);
        block.granted = true;
        idle.add(block);
        return block;
    }

    @Test
    void blocksThatAreGivenBackOnAStandbyDoNotPileUp() {
        Block last = null;
        for (int i = 0; i < 100_000; i++) {
            last = granted();
            last.granted = i % 10_000 == 0;
        }
        assertThat(idle.size()).isLessThan(100);
        last.granted = true;
        idle.add(last);
        time.advance(1);
        time.role(true, Share.ALL);
        time.advance(2);
        time.advance(2_000_000);
        idle.age();
        assertThat(over).as("those that are granted still").hasSize(11).contains(last);
    }
}
