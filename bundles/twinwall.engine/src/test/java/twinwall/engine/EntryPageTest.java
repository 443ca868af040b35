/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import twinwall.group.EntryView;
import twinwall.spi.BackupTiming;

class EntryPageTest {

    @Test
    void pagesFollowTheOrderOfKeysAndMissNone() {
        FakeHandler handler = new FakeHandler();
        for (int i = 0; i < 25; i++) {
            handler.table.put("k" + (char) ('a' + i), "v" + i);
        }
        List<String> seen = new ArrayList<>();
        String after = "";
        List<EntryView> page = new EntryPage(10, after, BackupTiming.DEFAULT).read(handler);
        while (!page.isEmpty()) {
            page.forEach(entry -> seen.add(entry.key()));
            after = page.get(page.size() - 1).key();
            page = new EntryPage(10, after, BackupTiming.DEFAULT).read(handler);
        }
        assertThat(seen).hasSize(25).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void anEntryThatItsHandlerDoesNotDescribeShowsItsBytes() {
        FakeHandler handler = new FakeHandler();
        handler.table.put("a", "b");
        assertThat(new EntryPage(1, "", BackupTiming.DEFAULT).read(handler).get(0).fields()).containsEntry("value", "62");
    }

    @Test
    void aWrongLimitOrCursorIsNamed() {
        assertThatThrownBy(() -> new EntryPage(0, "", BackupTiming.DEFAULT)).hasMessage("limit=0 must be 1 to 10000.");
        assertThatThrownBy(() -> new EntryPage(1, "xyz", BackupTiming.DEFAULT)).hasMessageContaining("after=xyz");
    }
}
