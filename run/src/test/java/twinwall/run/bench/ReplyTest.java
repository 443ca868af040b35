/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;

import org.junit.jupiter.api.Test;

class ReplyTest {

    @Test
    void valuesAreFoundByName() throws IOException {
        Reply reply = Reply.parse("ok role=active ready=true lag=12");
        assertThat(reply.text("role")).isEqualTo("active");
        assertThat(reply.flag("ready")).isTrue();
        assertThat(reply.number("lag")).isEqualTo(12);
        assertThat(reply.number("applied")).isZero();
    }

    @Test
    void anErrorOfTheNodeIsPassedOn() {
        assertThatThrownBy(() -> Reply.parse("error there is no command dance")).isInstanceOf(IOException.class)
                .hasMessageContaining("no command dance");
        assertThatThrownBy(() -> Reply.parse(null)).isInstanceOf(IOException.class).hasMessageContaining("closed");
        assertThatThrownBy(() -> Reply.parse("ok what")).isInstanceOf(IOException.class).hasMessageContaining("ok what");
    }
}
