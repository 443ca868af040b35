/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pcp;

import java.util.Optional;

import twinwall.firewall.Endpoint4;
import twinwall.firewall.Ip4;
import twinwall.firewall.PcpMapping;
import twinwall.firewall.PcpMapping.Opcode;
import twinwall.firewall.embedded.table.AddressKey;
import twinwall.firewall.embedded.table.EntryForm;

/** How the PCP table handles its records. */
final class PcpForm implements EntryForm<AddressKey, PcpMapping> {

    private final PcpEpoch epoch;

    PcpForm(PcpEpoch epoch) {
        this.epoch = epoch;
    }

    @Override
    public AddressKey key(PcpMapping entry) {
        return key(entry.opcode(), entry.protocol(), entry.inside(), entry.insidePort(), entry.remote());
    }

    static AddressKey key(Opcode opcode, int protocol, Ip4 inside, int insidePort, Optional<Endpoint4> remote) {
        long peer = remote.map(end -> (end.address().bits() & 0xffffffffL) << 16 | end.port()).orElse(0L);
        return new AddressKey(peer, inside.bits() & 0xffffffffL, (long) opcode.ordinal() << 24 | protocol << 16 | insidePort);
    }

    @Override
    public int remainingSeconds(PcpMapping entry) {
        return entry.remainingSeconds();
    }

    @Override
    public PcpMapping withRemaining(PcpMapping entry, int seconds) {
        return new PcpMapping(entry.vsys(), entry.opcode(), entry.protocol(), entry.inside(), entry.insidePort(), entry.remote(),
                entry.client(), entry.outside(), entry.outsidePort(), entry.pool(), entry.nonce(), entry.lifetimeSeconds(),
                entry.expiresSeconds(), entry.filters(), epoch.seconds(), seconds);
    }
}
