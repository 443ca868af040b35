/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;

import org.junit.jupiter.api.Test;

class SyncNewsTest {

    private final SyncNews news = new SyncNews("fw-b");

    @Test
    void aLostLinkIsOneLineForAllTables() {
        news.add("napt", 12, "no link to the peer");
        news.add("pcp", 3, "no link to the peer");
        assertThat(news.lines()).containsExactly(new SyncNews.Line(Level.WARNING, "2 tables: out of sync with fw-b: no link to the peer."),
                new SyncNews.Line(Level.DEBUG, "Table 'napt': out of sync with fw-b: no link to the peer."),
                new SyncNews.Line(Level.DEBUG, "Table 'pcp': out of sync with fw-b: no link to the peer."));
    }

    @Test
    void eachReasonHasItsLine() {
        news.add("napt", 12, "");
        news.add("pcp", 3, "its handler failed");
        news.add("ipsec-tunnel", 4, "");
        assertThat(news.lines()).filteredOn(line -> line.level() != Level.DEBUG).containsExactly(
                new SyncNews.Line(Level.INFO, "2 tables: in sync with fw-b, 16 entries."),
                new SyncNews.Line(Level.WARNING, "Table 'pcp': out of sync with fw-b: its handler failed."));
    }

    @Test
    void whatDidNotChangeIsNotTold() {
        assertThat(news.lines()).isEmpty();
    }
}
