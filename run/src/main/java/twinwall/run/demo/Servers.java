/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import java.util.HashMap;
import java.util.Map;

/**
 * The outside world behind a firewall that translates addresses. A capture holds one side's addresses only, so the servers learn from
 * what the firewall forwards which public address and port a client has got, and answer to that. A server does not follow when a client
 * turns up under another one in mid-conversation: that is what a lost mapping does to people.
 */
final class Servers {

    private final Map<Integer, Client> clients = new HashMap<>();
    private boolean failedOver;

    private record Client(Ip address, int port) {
    }

    /** From now on a client that comes from elsewhere is a stranger, unless it begins anew. */
    void failOver() {
        failedOver = true;
    }

    /** Addresses a packet from the servers' side as they would; changes {@code frame}. */
    void address(byte[] frame, Flow flow) {
        Client known = flow == null ? null : clients.get(flow.number());
        PacketFacts facts = known == null ? null : PacketParser.parse(frame);
        if (facts == null || facts.version() != 4 || known.address().equals(flow.client()) && known.port() == flow.clientPort()) {
            return;
        }
        if (facts.embedded() != null) {
            new AddressChange(frame).error(facts, known.address().bits4(), known.port());
        } else {
            new AddressChange(frame).destination(facts, known.address().bits4(), known.port());
        }
    }

    /**
     * A packet of the client's that the firewall let out, as it came out.
     *
     * @return false when the server does not know this client
     */
    boolean hears(byte[] frame, Flow flow) {
        PacketFacts facts = flow == null ? null : PacketParser.parse(frame);
        if (facts == null || facts.version() != 4 || facts.embedded() != null) {
            return true;
        }
        Client known = clients.get(flow.number());
        if (facts.fragment() == PacketFacts.Fragment.LATER) {
            return known == null || known.address().equals(facts.source());
        }
        Client now = new Client(facts.source(), facts.sourcePort());
        if (now.equals(known)) {
            return true;
        }
        boolean accepted = known == null || !failedOver || facts.begins();
        if (accepted) {
            clients.put(flow.number(), now);
        }
        return accepted;
    }
}
