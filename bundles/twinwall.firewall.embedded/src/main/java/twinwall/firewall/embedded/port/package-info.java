/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Packets in and out of an embedded firewall over TCP on loopback, for demos, tests and benchmarks. The firewall's side is a component
 * with PID
 * {@value twinwall.firewall.embedded.port.PacketPort#PID}; the other side is {@link twinwall.firewall.embedded.port.PacketPortClient}.
 * <p>
 * Every message, both ways, is a frame: a length of four octets, then that many octets, at most 256 KiB. Numbers are big-endian.
 * <pre>
 * request  1 packet:    u8 1, u64 micros since 1970, u8 interface, frame
 * answer   1 forwarded: u8 1, u8 1, u8 egress interface, one or more times (u32 n, n octets of a frame)
 *            flooded:   the same with 254 for the interface: it leaves by every inside port but the one it came in by
 *            dropped:   u8 1, u8 0, u8 255, reason
 * request  2 blacklist: u8 2, u8 1 add or 0 remove, u8 0 source or 1 destination, u8 protocol, u16 port, u32 timeout seconds
 *                       (0: none), u8 0 manual or 1 dynamic, u8 4 or 16, address, reason in UTF-8 up to the end
 * answer   2 done:      u8 2, u8 1, u8 255
 *            not done:  u8 2, u8 0, u8 255, why not
 * </pre>
 * Answers come in the order of the requests; requests may be sent without waiting for answers. With the firewall's clock {@code system} the
 * packet's time is ignored and the time of arrival counts.
 */
@Version("1.0.0")
package twinwall.firewall.embedded.port;

import org.osgi.annotation.versioning.Version;
