/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import twinwall.group.EntryView;
import twinwall.spi.BackupTiming;
import twinwall.spi.SnapshotSink;
import twinwall.spi.TableHandler;

/** One page of a table's entries in the order of their keys, in memory that does not grow with the table. */
final class EntryPage implements SnapshotSink {

    private static final int MOST = 10_000;

    private final int limit;
    private final byte[] after;
    private final BackupTiming timing;
    private final TreeMap<byte[], byte[][]> page = new TreeMap<>(Arrays::compareUnsigned);

    /** {@code after} is a key in hexadecimal, or empty to begin. */
    EntryPage(int limit, String after, BackupTiming timing) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit=" + limit + " must be 1 to " + MOST + ".");
        }
        try {
            this.after = HexFormat.of().parseHex(after);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("after=" + after + " must be a key in hexadecimal, as an entry shows it.", e);
        }
        this.limit = limit;
        this.timing = timing;
    }

    @Override
    public BackupTiming timing() {
        return timing;
    }

    @Override
    public void put(byte[] key, byte[] value, byte[] soft) {
        if (Arrays.compareUnsigned(key, after) > 0) {
            page.put(key, new byte[][] {value, soft == null ? new byte[0] : soft});
            if (page.size() > limit) {
                page.pollLastEntry();
            }
        }
    }

    List<EntryView> read(TableHandler handler) {
        try {
            handler.snapshot(this);
        } catch (IOException e) {
            throw new IllegalStateException("The handler cannot read its table: " + e.getMessage(), e);
        }
        List<EntryView> views = new ArrayList<>(page.size());
        page.forEach((key, rest) -> views.add(view(handler, key, rest)));
        return views;
    }

    private static EntryView view(TableHandler handler, byte[] key, byte[][] rest) {
        HexFormat hex = HexFormat.of();
        Map<String, Object> fields = handler.describe(key, rest[0], rest[1]);
        return new EntryView(hex.formatHex(key), fields.isEmpty() ? Map.of("value", hex.formatHex(rest[0])) : fields);
    }
}
