/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Packets in and out of an embedded firewall over TCP, on loopback unless told otherwise, for demos, tests and benchmarks. The
 * firewall's side is a component with PID
 * {@value twinwall.firewall.embedded.port.PacketPort#PID}; the other side is {@link twinwall.firewall.embedded.port.PacketPortClient}.
 * <p>
 * Every message, both ways, is a frame: a length of four octets, then that many octets, at most 256 KiB. Numbers are big-endian.
 * <pre>
 * request  1 packet:    u8 1, u64 micros since 1970, u8 interface, frame
 * answer   1 forwarded: u8 1, u8 1, u8 egress interface, one or more times (u32 n, n octets of a frame)
 *            flooded:   the same with 254 for the interface: it leaves by every inside port but the one it came in by
 *            dropped:   u8 1, u8 0, u8 255, reason
 * </pre>
 * Answers come in the order of the requests; requests may be sent without waiting for answers. With the firewall's clock {@code system} the
 * packet's time is ignored and the time of arrival counts. Tables are changed by {@link twinwall.firewall.FirewallCommand}s, not here.
 */
@Version("1.0.0")
package twinwall.firewall.embedded.port;

import org.osgi.annotation.versioning.Version;
