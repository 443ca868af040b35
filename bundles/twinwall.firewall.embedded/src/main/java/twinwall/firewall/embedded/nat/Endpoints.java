/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.table.AddressKey;

/**
 * Keys for what translation ties together. Inside endpoints are keyed as flows have them, with the high half of an IPv6 address, or the
 * hash of a tunnel, in {@link AddressKey#high}; public ones are IPv4.
 */
public final class Endpoints {

    private static final long WHOLE_ADDRESS = -1;

    private Endpoints() {
    }

    /** An IPv4 address and port of a protocol; the port of ICMP is the echo identifier. */
    public static AddressKey of(int protocol, int address, int port) {
        return of(protocol, 0, address & 0xffffffffL, port);
    }

    /** An endpoint of any kind. */
    public static AddressKey of(int protocol, long high, long low, int port) {
        return new AddressKey(high, low, (long) protocol << 16 | port & 0xffff);
    }

    /** A whole IPv4 address: every protocol and port of it. */
    public static AddressKey address(int address) {
        return new AddressKey(0, address & 0xffffffffL, WHOLE_ADDRESS);
    }

    /** The client's own endpoint. */
    public static AddressKey client(Flow flow) {
        return of(flow.protocolNumber(), flow.clientHigh, flow.clientLow, flow.ports >>> 16);
    }

    /** The public endpoint under which the client appears. */
    public static AddressKey translated(Flow flow) {
        return of(flow.farProtocol(), flow.publicAddress, flow.publicPort);
    }

    /** The public endpoint that the client talks to. */
    public static AddressKey dialled(Flow flow) {
        return of(flow.protocolNumber(), (int) flow.serverLow, flow.ports & 0xffff);
    }

    /** The inside endpoint that its packets go to instead. */
    public static AddressKey real(Flow flow) {
        return of(flow.farProtocol(), flow.farServerHigh(), flow.farServerLow(), flow.farServerPort());
    }
}
