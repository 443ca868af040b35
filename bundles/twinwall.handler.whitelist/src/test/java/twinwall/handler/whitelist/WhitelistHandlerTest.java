/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.whitelist;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import twinwall.firewall.BlacklistEntry.Direction;
import twinwall.firewall.WhitelistEntry;
import twinwall.spi.BackupTiming;
import twinwall.testkit.EntryBytes;
import twinwall.testkit.MemoryFirewallTable;
import twinwall.testkit.RecordedSnapshot;
import twinwall.testkit.TableHandlerContract;

class WhitelistHandlerTest extends TableHandlerContract<WhitelistEntry> {

    WhitelistHandlerTest() {
        super(WhitelistEntry.class, WhitelistHandler::new);
    }

    @Override
    protected List<WhitelistEntry> due() {
        return List.of(entry("192.0.2.1", Optional.of(600), 599), entry("2001:db8::1", Optional.empty(), 0));
    }

    @Override
    protected WhitelistEntry changed(WhitelistEntry entry) {
        return new WhitelistEntry(entry.vsys(), entry.direction(), entry.address(), entry.protocol(), entry.port(), "another reason",
                entry.timeoutSeconds(), entry.remainingSeconds());
    }

    @Override
    protected WhitelistEntry softChanged(WhitelistEntry entry) {
        return new WhitelistEntry(entry.vsys(), entry.direction(), entry.address(), entry.protocol(), entry.port(), entry.reason(),
                entry.timeoutSeconds(), entry.remainingSeconds() + 1);
    }

    @Test
    void theRemainingTimeGoesAlong() throws Exception {
        MemoryFirewallTable<WhitelistEntry> table = new MemoryFirewallTable<>(WhitelistEntry.class);
        table.put(due().get(0));
        WhitelistHandler handler = new WhitelistHandler(table);
        EntryBytes written = RecordedSnapshot.of(handler, BackupTiming.DEFAULT).entries().get(0);
        assertThat(handler.describe(written.key(), written.value(), written.soft())).containsEntry("remainingSeconds", 599)
                .containsEntry("timeoutSeconds", 600).containsEntry("address", "192.0.2.1");
    }

    private static WhitelistEntry entry(String address, Optional<Integer> timeout, int remaining) {
        try {
            return new WhitelistEntry(0, Direction.SOURCE, InetAddress.getByName(address), 6, 443, "monitoring", timeout, remaining);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }
}
