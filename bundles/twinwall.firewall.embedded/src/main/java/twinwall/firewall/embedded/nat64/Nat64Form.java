/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat64;

import twinwall.firewall.Nat64Binding;
import twinwall.firewall.embedded.nat.BindingForm;
import twinwall.firewall.embedded.nat.Endpoints;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.table.AddressKey;

/** How the table of NAT64 bindings handles its records. */
final class Nat64Form implements BindingForm<Nat64Binding> {

    private final int timeoutSeconds;

    /** How long a binding that no session uses is kept, each firewall says itself. */
    Nat64Form(int timeoutSeconds) {
        this.timeoutSeconds = timeoutSeconds;
    }

    /** The protocol on the IPv4 side. */
    static int protocol4(int protocol6) {
        return protocol6 == Protocols.ICMPV6 ? Protocols.ICMP : protocol6;
    }

    @Override
    public AddressKey key(Nat64Binding entry) {
        return Endpoints.of(entry.protocol(), entry.inside().high(), entry.inside().low(), entry.insidePort());
    }

    @Override
    public AddressKey outside(Nat64Binding entry) {
        return Endpoints.of(protocol4(entry.protocol()), entry.outside().bits(), entry.outsidePort());
    }

    @Override
    public int remainingSeconds(Nat64Binding entry) {
        return timeoutSeconds;
    }

    @Override
    public Nat64Binding withRemaining(Nat64Binding entry, int seconds) {
        return with(entry, entry.early(), seconds);
    }

    /** Those of echo are not due by themselves. */
    @Override
    public Nat64Binding early(Nat64Binding entry) {
        return entry.early() || entry.protocol() != Protocols.ICMPV6 ? entry : with(entry, true, entry.remainingSeconds());
    }

    private static Nat64Binding with(Nat64Binding entry, boolean early, int seconds) {
        return new Nat64Binding(entry.vsys(), entry.protocol(), entry.inside(), entry.insidePort(), entry.outside(), entry.outsidePort(),
                early, seconds);
    }
}
