/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

import twinwall.group.DropFolder;
import twinwall.group.DroppedFile;
import twinwall.group.PlannedChange;

/** What the API answers about the drop folder, or 503 while nobody watches it. */
final class DeployPages {

    private final Supplier<DropFolder> folder;
    /** One dry run at a time: it reads every jar. */
    private final Semaphore checking = new Semaphore(1);

    /** {@code folder} answers null while there is none. */
    DeployPages(Supplier<DropFolder> folder) {
        this.folder = folder;
    }

    /** Every file with its verdict. */
    Answer files() {
        return withFolder(present -> page(present, "files", present.files().stream().map(DeployPages::file).toList()));
    }

    /** What would happen now. */
    Answer check() {
        return withFolder(present -> {
            if (!checking.tryAcquire()) {
                return Answer.error(503, "A dry run is under way.", "Try again when it has ended.");
            }
            try {
                return page(present, "changes", present.check().stream().map(DeployPages::change).toList());
            } finally {
                checking.release();
            }
        });
    }

    private Answer withFolder(Function<DropFolder, Answer> page) {
        DropFolder present = folder.get();
        return present == null ? Answer.error(503, "Nobody watches a drop folder on this firewall.", "Start the bundle twinwall.deploy.")
            : page.apply(present);
    }

    private static Answer page(DropFolder folder, String name, List<Map<String, Object>> rows) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("folder", folder.path());
        body.put(name, rows);
        return Answer.json(200, body);
    }

    private static Map<String, Object> file(DroppedFile file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", file.file());
        json.put("bundle", file.bundle());
        json.put("version", file.version());
        json.put("tables", file.tables());
        json.put("verdict", file.verdict());
        json.put("detail", file.detail());
        json.put("since", file.since());
        return json;
    }

    private static Map<String, Object> change(PlannedChange change) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", change.file());
        json.put("bundle", change.bundle());
        json.put("version", change.version());
        json.put("action", change.action());
        json.put("detail", change.detail());
        json.put("restarts", change.restarts());
        return json;
    }
}
