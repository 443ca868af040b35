/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.util.LinkedHashMap;
import java.util.Map;

import twinwall.group.BackupPrice;

/** What backing up costs, as the status shows it: what is spent, and the part of it that only quick backup causes. */
final class PriceJson {

    private PriceJson() {
    }

    static Map<String, Object> of(BackupPrice price) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("windowMillis", price.windowMillis());
        json.put("changesPerSecond", rounded(price.changesPerSecond()));
        json.put("bytesPerSecond", rounded(price.bytesPerSecond()));
        json.put("cpuMicrosPerSecond", rounded(price.cpuMicrosPerSecond()));
        Map<String, Object> quick = new LinkedHashMap<>();
        quick.put("changesPerSecond", rounded(price.onlyQuickChangesPerSecond()));
        quick.put("bytesPerSecond", rounded(price.onlyQuickBytesPerSecond()));
        quick.put("cpuMicrosPerSecond", rounded(price.onlyQuickCpuMicrosPerSecond()));
        quick.put("changes", price.onlyQuickChanges());
        quick.put("bytes", price.onlyQuickBytes());
        json.put("onlyQuickBackup", quick);
        json.put("appliedPerSecond", rounded(price.appliedPerSecond()));
        json.put("applyCpuMicrosPerSecond", rounded(price.applyCpuMicrosPerSecond()));
        json.put("cpuErrorPercent", price.cpuErrorPercent() < 0 ? null : rounded(price.cpuErrorPercent()));
        return json;
    }

    /** A tenth is finer than any of these figures. */
    private static double rounded(double figure) {
        return Math.round(figure * 10) / 10.0;
    }
}
