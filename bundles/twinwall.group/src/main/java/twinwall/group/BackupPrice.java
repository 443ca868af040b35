/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.group;

/**
 * What it costs this firewall to back one table up, or all of them: rates over the last seconds, and how much of it only quick backup
 * causes. The rest is what would have been sent without it. Bytes are before encryption.
 * <p>
 * Processor time is estimated from a random sample of the calls. It covers the handler, the engine's own work and the frames; not
 * encryption, the network stack and the collector, which the process's own processor time has. What the peer spends on applying this
 * firewall's changes is the peer's {@code applyCpuMicrosPerSecond}.
 *
 * @param windowMillis what the rates are taken over; 0 when there is none yet, then they are 0
 * @param changesPerSecond sent to the peer
 * @param bytesPerSecond sent to the peer, snapshots included
 * @param cpuMicrosPerSecond spent on reporting changes and on sending them: 10000 is one hundredth of a core
 * @param onlyQuickChangesPerSecond of these changes: of entries that are not due without quick backup, or that a later change would have
 *     replaced before it was sent
 * @param onlyQuickBytesPerSecond of these bytes
 * @param onlyQuickCpuMicrosPerSecond of this processor time, in proportion to changes and bytes
 * @param appliedPerSecond entries of the peer applied here
 * @param applyCpuMicrosPerSecond spent on applying them
 * @param cpuErrorPercent standard error of both processor times together, from the sample; -1 when nothing was sampled
 * @param onlyQuickChanges sent since start
 * @param onlyQuickBytes sent since start
 */
public record BackupPrice(long windowMillis, double changesPerSecond, double bytesPerSecond, double cpuMicrosPerSecond,
        double onlyQuickChangesPerSecond, double onlyQuickBytesPerSecond, double onlyQuickCpuMicrosPerSecond, double appliedPerSecond,
        double applyCpuMicrosPerSecond, double cpuErrorPercent, long onlyQuickChanges, long onlyQuickBytes) {

    /** Nothing was measured, or nothing is backed up. */
    public static final BackupPrice NONE = new BackupPrice(0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 0, 0);

    /** Both together: rates and counts add up, errors as those of independent samples. */
    public BackupPrice plus(BackupPrice other) {
        return new BackupPrice(Math.max(windowMillis, other.windowMillis), changesPerSecond + other.changesPerSecond,
                bytesPerSecond + other.bytesPerSecond, cpuMicrosPerSecond + other.cpuMicrosPerSecond,
                onlyQuickChangesPerSecond + other.onlyQuickChangesPerSecond, onlyQuickBytesPerSecond + other.onlyQuickBytesPerSecond,
                onlyQuickCpuMicrosPerSecond + other.onlyQuickCpuMicrosPerSecond, appliedPerSecond + other.appliedPerSecond,
                applyCpuMicrosPerSecond + other.applyCpuMicrosPerSecond, errorWith(other), onlyQuickChanges + other.onlyQuickChanges,
                onlyQuickBytes + other.onlyQuickBytes);
    }

    private double errorWith(BackupPrice other) {
        double both = sampledMicros() + other.sampledMicros();
        if (cpuErrorPercent < 0 || other.cpuErrorPercent < 0 || both == 0) {
            return Math.max(cpuErrorPercent, other.cpuErrorPercent);
        }
        return Math.hypot(cpuErrorPercent * sampledMicros(), other.cpuErrorPercent * other.sampledMicros()) / both;
    }

    private double sampledMicros() {
        return cpuMicrosPerSecond + applyCpuMicrosPerSecond;
    }
}
