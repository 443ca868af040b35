/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import twinwall.record.Fixed;
import twinwall.record.Key;
import twinwall.record.Soft;

/**
 * An entry of the table {@code l4-slb}: the real server that a client of a virtual server is given.
 *
 * @param vsys virtual system
 * @param protocol IP protocol number, TCP or UDP
 * @param virtualAddress where the client sends to
 * @param virtualPort where the client sends to
 * @param client the client's address, as it comes in
 * @param real where its sessions go
 * @param realPort where its sessions go
 * @param group name of the virtual server, whose group of real servers this one is of
 * @param weight of the real server when it was chosen
 * @param remainingSeconds until the client may be given another one when it begins no session and has none
 */
public record SlbBinding(@Key int vsys, @Key @Fixed(1) int protocol, @Key Ip4 virtualAddress, @Key @Fixed(2) int virtualPort,
        @Key Ip4 client, Ip4 real, @Fixed(2) int realPort, String group, int weight, @Soft int remainingSeconds) {
}
