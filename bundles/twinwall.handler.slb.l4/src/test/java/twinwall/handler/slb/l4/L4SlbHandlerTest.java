/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.slb.l4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import twinwall.firewall.Ip4;
import twinwall.firewall.SlbBinding;
import twinwall.record.RecordCodec;
import twinwall.testkit.TableHandlerContract;

class L4SlbHandlerTest extends TableHandlerContract<SlbBinding> {

    L4SlbHandlerTest() {
        super(SlbBinding.class, L4SlbHandler::new);
    }

    @Override
    protected List<SlbBinding> due() {
        return List.of(binding(1, 0x0a00000a, 300), binding(2, 0x0a00000b, 17));
    }

    @Override
    protected SlbBinding changed(SlbBinding entry) {
        return binding(entry.client().bits(), 0x0a00000c, entry.remainingSeconds());
    }

    @Override
    protected SlbBinding softChanged(SlbBinding entry) {
        return binding(entry.client().bits(), entry.real().bits(), entry.remainingSeconds() - 1);
    }

    @Test
    void aBindingIsSmall() {
        RecordCodec<SlbBinding> codec = RecordCodec.of(SlbBinding.class);
        assertThat(codec.key(due().get(0))).hasSize(12);
        assertThat(codec.value(due().get(0))).hasSize(6 + 4 + 1);
    }

    private static SlbBinding binding(int client, int real, int remaining) {
        return new SlbBinding(0, 6, new Ip4(0xcb007150), 80, new Ip4(client), new Ip4(real), 8080, "web", 3, remaining);
    }
}
