/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.monitor;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import twinwall.group.MonitoredItem;
import twinwall.settings.Settings;
import twinwall.settings.UnusableConfiguration;

/** Settings for tests: key, value, key, value. */
final class Given {

    private Given() {
    }

    static Settings settings(String pid, List<String> complaints, String... values) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < values.length; i += 2) {
            map.put(values[i], values[i + 1]);
        }
        return new Settings(pid, map, complaints::add);
    }

    /** Why there is no item of these settings. */
    static String refusal(ConfiguredItem.Kind kind, Settings settings, Path folder) {
        try {
            MonitoredItem item = kind.of(settings, folder);
            throw new AssertionError("made " + item.name());
        } catch (UnusableConfiguration e) {
            return e.getMessage();
        }
    }
}
