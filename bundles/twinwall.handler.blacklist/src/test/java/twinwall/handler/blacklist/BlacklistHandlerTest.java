/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.blacklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import twinwall.firewall.BlacklistEntry;
import twinwall.firewall.BlacklistEntry.Direction;
import twinwall.firewall.BlacklistEntry.Origin;
import twinwall.spi.BackupTiming;
import twinwall.testkit.EntryBytes;
import twinwall.testkit.MemoryFirewallTable;
import twinwall.testkit.RecordedChanges;
import twinwall.testkit.RecordedSnapshot;
import twinwall.testkit.TableHandlerContract;

class BlacklistHandlerTest extends TableHandlerContract<BlacklistEntry> {

    private final MemoryFirewallTable<BlacklistEntry> table = new MemoryFirewallTable<>(BlacklistEntry.class);
    private final BlacklistHandler handler = new BlacklistHandler(table);

    BlacklistHandlerTest() {
        super(BlacklistEntry.class, BlacklistHandler::new);
    }

    @Override
    protected List<BlacklistEntry> due() {
        return List.of(entry("192.0.2.1", Origin.MANUAL), entry("2001:db8::1", Origin.MANUAL));
    }

    @Override
    protected List<BlacklistEntry> notDue() {
        return List.of(entry("198.51.100.7", Origin.DYNAMIC));
    }

    @Override
    protected BlacklistEntry changed(BlacklistEntry entry) {
        return new BlacklistEntry(entry.vsys(), entry.direction(), entry.address(), entry.protocol(), entry.port(), entry.origin(),
                "another reason", Optional.empty(), entry.remainingSeconds());
    }

    @Override
    protected BlacklistEntry softChanged(BlacklistEntry entry) {
        return new BlacklistEntry(entry.vsys(), entry.direction(), entry.address(), entry.protocol(), entry.port(), entry.origin(),
                entry.reason(), entry.timeoutSeconds(), entry.remainingSeconds() - 1);
    }

    @Test
    void dynamicEntriesStayHereWithQuickBackupToo() throws Exception {
        notDue().forEach(table::put);
        assertThat(RecordedSnapshot.of(handler, BackupTiming.QUICK).entries()).isEmpty();
        due().forEach(table::put);
        assertThat(RecordedSnapshot.of(handler, BackupTiming.QUICK).entries()).hasSize(due().size());
    }

    @Test
    void anEntryThatWasManualAndBecameDynamicIsRemovedOnThePeerWhenItEnds() throws Exception {
        RecordedChanges changes = new RecordedChanges();
        try (AutoCloseable watch = handler.watch(changes)) {
            table.put(entry("192.0.2.1", Origin.MANUAL));
            table.put(entry("192.0.2.1", Origin.DYNAMIC));
            table.take(entry("192.0.2.1", Origin.DYNAMIC));
        }
        assertThat(changes.all()).hasSize(2);
        assertThat(changes.all().get(1)).isEqualTo(EntryBytes.removed(changes.all().get(0).key()));
    }

    @Test
    void theRemainingTimeGoesAlong() throws Exception {
        table.put(due().get(0));
        EntryBytes written = RecordedSnapshot.of(handler, BackupTiming.DEFAULT).entries().get(0);
        assertThat(handler.describe(written.key(), written.value(), written.soft())).containsEntry("remainingSeconds", 599)
                .containsEntry("timeoutSeconds", 600).containsEntry("origin", "manual").containsEntry("address", "192.0.2.1");
    }

    private static BlacklistEntry entry(String address, Origin origin) {
        try {
            return new BlacklistEntry(0, Direction.SOURCE, InetAddress.getByName(address), 0, 0, origin, "scans ports",
                    Optional.of(600), 599);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }
}
