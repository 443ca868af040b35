/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import twinwall.settings.Settings;

/**
 * How private addresses share those of the NAPT pool.
 *
 * @param carLimit {@code car_nat_limit}: private addresses that may share one public address, 1 to 63488; default 0, any number
 * @param carTimeoutSeconds {@code car_nat_timeout_s}: until a private address without sessions loses its place; default 300
 * @param maxCarEntries {@code max_car_nat_entries}: default 1000000
 * @param portBlocks {@code napt_port_blocks}: whether each private address has blocks of ports for itself; default false
 * @param blockPorts {@code napt_port_block_size}: ports in a block, 1 to 65536; default 256. What does not fill a block is left over
 * @param blockExtensions {@code napt_port_block_extensions}: blocks that are added, one at a time, when a subscriber's are full; default 2
 * @param blockTimeoutSeconds {@code napt_port_block_timeout_s}: until a subscriber without sessions loses its blocks, and until a block
 *     that was added and that no session uses is taken back; default 600
 * @param subscriberAlarmPercent {@code napt_port_block_alarm_percent}: from this share of what its blocks can hold, all extensions
 *     included, a subscriber is counted as one that runs out; 60 to 100, default 80
 * @param poolAlarmPercent {@code napt_port_block_pool_alarm_percent}: a warning tells when this share of all blocks is allocated; 60 to
 *     100, default 80
 * @param maxBlockEntries {@code max_port_block_subscribers}: default 1000000
 */
public record SharingSettings(int carLimit, int carTimeoutSeconds, int maxCarEntries, boolean portBlocks, int blockPorts,
        int blockExtensions, int blockTimeoutSeconds, int subscriberAlarmPercent, int poolAlarmPercent, int maxBlockEntries) {

    private static final int WEEK = 7 * 24 * 3600;
    private static final int MOST = 50_000_000;

    /** From a configuration. */
    public static SharingSettings from(Settings from) {
        return new SharingSettings((int) from.number("car_nat_limit", 0, 63488, 0), (int) from.number("car_nat_timeout_s", 1, WEEK, 300),
                (int) from.number("max_car_nat_entries", 1, MOST, 1_000_000), from.flag("napt_port_blocks", false),
                (int) from.number("napt_port_block_size", 1, 65536, 256), (int) from.number("napt_port_block_extensions", 0, 255, 2),
                (int) from.number("napt_port_block_timeout_s", 1, WEEK, 600),
                (int) from.number("napt_port_block_alarm_percent", 60, 100, 80),
                (int) from.number("napt_port_block_pool_alarm_percent", 60, 100, 80),
                (int) from.number("max_port_block_subscribers", 1, MOST, 1_000_000));
    }
}
