/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Looks at a folder again and again, and tells the jars whose writing is complete: those that were the same in two looks, and those
 * that had not changed for {@value #OLD_MILLIS} ms when the folder was looked at first. A file that is missing in one look only, because
 * it is being replaced, is not gone.
 */
final class FolderScan {

    /** Jars beyond these are not looked at. */
    static final int MOST_FILES = 256;
    private static final long OLD_MILLIS = 10_000;

    private final Path folder;
    private Map<String, Seen> seen;

    private record Seen(FileStamp stamp, boolean complete, boolean missed) {
    }

    /**
     * What a look showed.
     *
     * @param complete jars that can be read
     * @param writing jars that cannot be read yet
     * @param tooMany how many jars were not looked at
     */
    record Look(SortedMap<String, FileStamp> complete, Set<String> writing, int tooMany) {
    }

    FolderScan(Path folder) {
        this.folder = folder;
    }

    /**
     * Looks.
     *
     * @param nowMillis since 1970
     * @throws IOException when the folder cannot be read: then nothing is known of its files
     */
    Look look(long nowMillis) throws IOException {
        List<String> names = names();
        Map<String, Seen> before = seen == null ? Map.of() : seen;
        Map<String, Seen> now = new HashMap<>();
        for (String name : names.subList(0, Math.min(MOST_FILES, names.size()))) {
            FileStamp stamp = stamp(name);
            if (stamp != null) {
                Seen last = before.get(name);
                boolean old = seen == null && nowMillis - stamp.modifiedMillis() > OLD_MILLIS;
                now.put(name, new Seen(stamp, old || last != null && last.stamp().equals(stamp), false));
            }
        }
        before.forEach((name, last) -> {
            if (!last.missed()) {
                now.putIfAbsent(name, new Seen(last.stamp(), false, true));
            }
        });
        seen = now;
        Look look = new Look(new TreeMap<>(), new TreeSet<>(), Math.max(0, names.size() - MOST_FILES));
        now.forEach((name, file) -> {
            if (file.complete()) {
                look.complete().put(name, file.stamp());
            } else {
                look.writing().add(name);
            }
        });
        return look;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".jar") && !name.startsWith(".")).sorted()
                .toList();
        }
    }

    /** Null when it is no file, or not any more. */
    private FileStamp stamp(String name) {
        try {
            return Files.isRegularFile(folder.resolve(name)) ? FileStamp.of(folder.resolve(name)) : null;
        } catch (IOException gone) {
            return null;
        }
    }
}
