/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class SettingsTest {

    private enum Colour {
        LIGHT_BLUE, RED
    }

    private final List<String> complaints = new ArrayList<>();

    private Settings of(String key, Object value) {
        return new Settings("twinwall.test", Map.of(key, value), complaints::add);
    }

    @Test
    void whatIsGivenIsUsedWithoutAWord() {
        assertThat(of("n", "7").number("n", 1, 10, 5)).isEqualTo(7);
        assertThat(of("n", 7L).number("n", 1, 10, 5)).isEqualTo(7);
        assertThat(of("f", " TRUE ").flag("f", false)).isTrue();
        assertThat(of("c", "light-blue").choice("c", Colour.class, Colour.RED)).isEqualTo(Colour.LIGHT_BLUE);
        assertThat(of("t", " text ").text("t", "other")).isEqualTo("text");
        assertThat(complaints).isEmpty();
    }

    @Test
    void whatIsMissingOrBlankIsTheDefaultWithoutAWord() {
        assertThat(of("other", "7").number("n", 1, 10, 5)).isEqualTo(5);
        assertThat(of("n", "  ").number("n", 1, 10, 5)).isEqualTo(5);
        assertThat(of("f", "").flag("f", true)).isTrue();
        assertThat(of("t", "").text("t", "other")).isEqualTo("other");
        assertThat(complaints).isEmpty();
    }

    @Test
    void aNumberOutOfRangeNamesPidKeyValueAndWhatIsUsed() {
        assertThat(of("n", "11").number("n", 1, 10, 5)).isEqualTo(5);
        assertThat(of("n", "-1").number("n", 1, 10, 5)).isEqualTo(5);
        assertThat(of("n", "99999999999999999999").number("n", 1, 10, 5)).isEqualTo(5);
        assertThat(complaints).containsExactly("twinwall.test: n=11 must be 1 to 10. Using 5.",
                "twinwall.test: n=-1 must be 1 to 10. Using 5.",
                "twinwall.test: n=99999999999999999999 must be 1 to 10. Using 5.");
    }

    @Test
    void aWordWhereAnotherIsExpectedNamesTheChoices() {
        assertThat(of("f", "yes").flag("f", true)).isTrue();
        assertThat(of("c", "green").choice("c", Colour.class, Colour.RED)).isEqualTo(Colour.RED);
        assertThat(complaints).containsExactly("twinwall.test: f=yes must be true or false. Using true.",
                "twinwall.test: c=green must be one of light-blue, red. Using red.");
    }

    @Test
    void whatHasNoDefaultIsNeeded() throws Exception {
        assertThat(of("t", " text ").needed("t", "a text")).isEqualTo("text");
        assertThatThrownBy(() -> of("t", " ").needed("t", "a text")).isInstanceOf(UnusableConfiguration.class)
            .hasMessage("twinwall.test: t is missing. It must be a text.");
        assertThat(of("t", "x").unusable("t", "x", "a number")).hasMessage("twinwall.test: t=x must be a number.");
    }

    @Test
    void anInstanceOfAFactoryIsNamedByItsPid() {
        assertThat(Settings.instance("twinwall.link~a", "link")).isEqualTo("a");
        assertThat(Settings.instance("twinwall.link", "link")).isEqualTo("link");
        assertThat(Settings.instance("twinwall.link~", "link")).isEqualTo("link");
    }
}
