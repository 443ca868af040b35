/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

/**
 * Both directions of a conversation: same protocol, addresses and ports, or same addresses and ICMP identifier.
 *
 * @param number from 0 in the order of first packets
 * @param version 4 or 6
 * @param client who sent the first packet
 */
record Flow(int number, int version, int protocol, Ip client, int clientPort, Ip server, int serverPort) {

    /** What a flow is found by, whichever direction a packet goes. */
    record Key(int version, int protocol, Ip one, int onePort, Ip other, int otherPort) {

        static Key of(PacketFacts facts) {
            int order = facts.source().compareTo(facts.destination());
            if (order == 0) {
                order = Integer.compare(facts.sourcePort(), facts.destinationPort());
            }
            return order <= 0
                    ? new Key(facts.version(), facts.protocol(), facts.source(), facts.sourcePort(), facts.destination(),
                            facts.destinationPort())
                    : new Key(facts.version(), facts.protocol(), facts.destination(), facts.destinationPort(), facts.source(),
                            facts.sourcePort());
        }
    }

    /** A flow whose client sent this packet. */
    static Flow begunBy(PacketFacts facts, int number) {
        return new Flow(number, facts.version(), facts.protocol(), facts.source(), facts.sourcePort(), facts.destination(),
                facts.destinationPort());
    }

    boolean isTcp() {
        return protocol == PacketFacts.TCP;
    }

    boolean isFromClient(PacketFacts facts) {
        return facts.source().equals(client) && facts.sourcePort() == clientPort;
    }
}
