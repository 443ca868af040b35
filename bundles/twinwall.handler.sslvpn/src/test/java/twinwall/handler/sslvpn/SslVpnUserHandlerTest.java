/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.sslvpn;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import twinwall.firewall.Ip4;
import twinwall.firewall.Sha256;
import twinwall.firewall.SslVpnUser;
import twinwall.spi.BackupTiming;
import twinwall.testkit.EntryBytes;
import twinwall.testkit.MemoryFirewallTable;
import twinwall.testkit.RecordedSnapshot;
import twinwall.testkit.TableHandlerContract;

class SslVpnUserHandlerTest extends TableHandlerContract<SslVpnUser> {

    private static final String TOKEN = "the-token-of-this-session";

    SslVpnUserHandlerTest() {
        super(SslVpnUser.class, SslVpnUserHandler::new);
    }

    @Override
    protected List<SslVpnUser> due() {
        return List.of(session("alice", 1, Optional.of(new Ip4(0x0a630001)), 600), session("alice", -2, Optional.empty(), 600));
    }

    @Override
    protected SslVpnUser changed(SslVpnUser entry) {
        return session(entry.user(), entry.session(), Optional.of(new Ip4(0x0a630009)), entry.remainingSeconds());
    }

    @Override
    protected SslVpnUser softChanged(SslVpnUser entry) {
        return session(entry.user(), entry.session(), entry.assigned(), entry.remainingSeconds() - 1);
    }

    @Test
    void theTokenIsInNoEntryAndItsHashIsNotShown() throws Exception {
        MemoryFirewallTable<SslVpnUser> table = new MemoryFirewallTable<>(SslVpnUser.class);
        table.put(due().get(0));
        SslVpnUserHandler handler = new SslVpnUserHandler(table);
        EntryBytes written = RecordedSnapshot.of(handler, BackupTiming.DEFAULT).entries().get(0);
        assertThat(new String(written.value(), StandardCharsets.ISO_8859_1)).doesNotContain(TOKEN);
        assertThat(handler.describe(written.key(), written.value(), written.soft())).containsEntry("user", "alice")
                .doesNotContainKey("tokenHash");
    }

    private static SslVpnUser session(String user, long number, Optional<Ip4> assigned, int remainingSeconds) {
        try {
            return new SslVpnUser("branch", user, number, Sha256.of(TOKEN + number), InetAddress.getByName("192.0.2.7"), assigned,
                    1_700_000_000L, List.of("/staff", "finance"), 600, remainingSeconds);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
