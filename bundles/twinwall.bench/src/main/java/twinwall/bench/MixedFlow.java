/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.bench;

import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.Frame;

/** One flow on its way through the firewall; the server answers to whatever address the firewall gave the client. */
final class MixedFlow {

    private static final int SERVER = 198 << 24 | 51 << 16 | 100 << 8 | 10;
    private static final int CLIENTS = 10 << 24 | 1;
    private static final int FIRST_PORT = 1024;
    private static final int PORTS = 60_000;
    private static final int AT = Ipv4Frame.PAYLOAD;
    private static final int CLIENT_START = 1000;
    private static final int SERVER_START = 5000;

    final FlowKind kind;
    /** Nanoseconds, as {@link System#nanoTime}. */
    final long begun;
    private final int address;
    private final int port;
    private int publicAddress;
    private int publicPort;
    private int sent;

    /** The flow of that number; flows of different numbers differ in address or port. */
    MixedFlow(FlowKind kind, int number, long begun) {
        this.kind = kind;
        this.begun = begun;
        this.address = CLIENTS + number / PORTS;
        this.port = FIRST_PORT + number % PORTS;
    }

    /** When its next packet is sent. */
    long nextAt() {
        return begun + kind.millis(sent) * 1_000_000L;
    }

    int left() {
        return kind.packets() - sent;
    }

    /** Whether the peer gets it in default mode, too. */
    boolean due() {
        return sent >= kind.dueAfter;
    }

    /** Sends its next packet; false when the firewall does not forward it. {@code frames}: one for each protocol. */
    boolean send(EmbeddedFirewall firewall, Ipv4Frame[] frames, long micros) {
        boolean client = kind.fromClient(sent);
        Ipv4Frame frame = frames[kind.protocol];
        frame.addresses(client ? address : SERVER, client ? SERVER : publicAddress);
        write(frame, client);
        sent++;
        boolean forwarded = firewall.process(micros, client ? EmbeddedFirewall.INSIDE : EmbeddedFirewall.OUTSIDE, new Frame(frame.bytes))
                .forwarded();
        if (client && forwarded) {
            publicAddress = frame.get32(Ipv4Frame.IP + 12);
            publicPort = frame.get16(kind == FlowKind.ICMP ? AT + 4 : AT);
        }
        return forwarded;
    }

    private void write(Ipv4Frame frame, boolean client) {
        int server = kind.protocol == 6 ? 443 : 53;
        if (kind == FlowKind.ICMP) {
            frame.put16(AT, client ? 0x0800 : 0);
            frame.put16(AT + 4, client ? port : publicPort);
            frame.icmpChecksum();
            return;
        }
        frame.put16(AT, client ? port : server);
        frame.put16(AT + 2, client ? server : publicPort);
        if (kind.protocol == 17) {
            frame.put16(AT + 4, frame.bytes.length - AT);
            frame.transportChecksum(AT + 6);
            return;
        }
        boolean begins = sent < 2;
        frame.put32(AT + 4, (client ? CLIENT_START : SERVER_START) + (begins ? 0 : 1));
        frame.put32(AT + 8, sent == 0 ? 0 : (client ? SERVER_START : CLIENT_START) + 1);
        frame.bytes[AT + 12] = 0x50;
        frame.bytes[AT + 13] = (byte) kind.tcpFlags(sent);
        frame.put16(AT + 14, 65_535);
        frame.transportChecksum(AT + 16);
    }
}
