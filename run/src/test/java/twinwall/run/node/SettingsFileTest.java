/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class SettingsFileTest {

    @Test
    void aGivenSettingReplacesTheTemplatesLineOnceCommentedOrNot() {
        String text = new SettingsFile("twinwall.group").with("firewall", "west").with("priority", 46000).text();

        assertThat(text.lines().filter(line -> line.contains("firewall ="))).containsExactly("firewall = west");
        assertThat(text.lines().filter(line -> line.contains("priority"))).containsExactly("priority = 46000");
        assertThat(text).contains("#networking = active-standby").contains("# Name of this firewall");
    }

    @Test
    void anInstanceOfAFactoryBeginsWithTheFactorysTemplate() {
        assertThat(new SettingsFile("twinwall.link~wan").with("peer_port", 7401).text())
            .contains("peer_port = 7401").contains("listen_address = 127.0.0.1");
    }

    @Test
    void aSettingThatTheTemplateDoesNotKnowIsAdded() {
        assertThat(new SettingsFile("vendor.thing").with("b", 2).with("a", "1").text().lines().toList())
            .isEqualTo(List.of("", "a = 1", "b = 2"));
    }
}
