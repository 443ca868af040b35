/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.mac;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import twinwall.firewall.MacEntry;
import twinwall.firewall.MacEntry.Type;
import twinwall.record.MacAddress;
import twinwall.record.RecordCodec;
import twinwall.spi.BackupTiming;
import twinwall.testkit.MemoryFirewallTable;
import twinwall.testkit.RecordedChanges;
import twinwall.testkit.RecordedSnapshot;
import twinwall.testkit.TableHandlerContract;

class StaticMacHandlerTest extends TableHandlerContract<MacEntry> {

    StaticMacHandlerTest() {
        super(MacEntry.class, StaticMacHandler::new);
    }

    @Override
    protected List<MacEntry> due() {
        return List.of(entry(0, 10, 2, Type.STATIC, 0), entry(7, 10, 2, Type.STATIC, 0));
    }

    @Override
    protected List<MacEntry> notDue() {
        return List.of(entry(0, 11, 3, Type.LEARNED, 300));
    }

    @Override
    protected MacEntry changed(MacEntry entry) {
        return new MacEntry(entry.vlan(), entry.address(), entry.networkInterface() + 1, entry.type(), entry.remainingSeconds());
    }

    @Override
    protected MacEntry softChanged(MacEntry entry) {
        return new MacEntry(entry.vlan(), entry.address(), entry.networkInterface(), entry.type(), entry.remainingSeconds() + 1);
    }

    @Test
    void learnedAddressesStayHereWithQuickBackupToo() throws Exception {
        MemoryFirewallTable<MacEntry> table = new MemoryFirewallTable<>(MacEntry.class);
        StaticMacHandler handler = new StaticMacHandler(table);
        RecordedChanges changes = new RecordedChanges();
        changes.timing(BackupTiming.QUICK);
        try (AutoCloseable watch = handler.watch(changes)) {
            notDue().forEach(table::put);
            notDue().forEach(table::take);
        }
        assertThat(changes.all()).isEmpty();
        notDue().forEach(table::put);
        assertThat(RecordedSnapshot.of(handler, BackupTiming.QUICK).entries()).isEmpty();
    }

    @Test
    void anEntryIsSmall() {
        RecordCodec<MacEntry> codec = RecordCodec.of(MacEntry.class);
        assertThat(codec.key(due().get(0))).hasSize(8);
        assertThat(codec.value(due().get(0))).hasSize(2);
    }

    private static MacEntry entry(int vlan, long address, int port, Type type, int remaining) {
        return new MacEntry(vlan, new MacAddress(address), port, type, remaining);
    }
}
