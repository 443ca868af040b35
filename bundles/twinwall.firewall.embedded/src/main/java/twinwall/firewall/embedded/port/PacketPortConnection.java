/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.port;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import twinwall.firewall.embedded.Clock;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.Frame;
import twinwall.firewall.embedded.LateFrames;
import twinwall.firewall.embedded.Verdict;
import twinwall.firewall.embedded.port.PacketPortServer.GarbageException;
import twinwall.firewall.embedded.service.SystemTime;

/**
 * Serves one connection: reads requests, writes answers. Answers are gathered while more requests have already arrived, so that
 * pipelining pays; a user who does not read them stops being read. What becomes of packets that the firewall held is written by whoever
 * releases them.
 */
final class PacketPortConnection {

    private static final Logger LOG = System.getLogger("twinwall.firewall.embedded");
    private static final int BUFFER = 128 * 1024;
    private static final byte[] NOTHING = {};
    private static final byte[][] REASONS = reasons();

    private final EmbeddedFirewall firewall;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final Frame frame = new Frame(NOTHING);
    private final LateFrames late = this::settled;
    private byte[] request = new byte[4096];
    private long packets;

    PacketPortConnection(EmbeddedFirewall firewall, InputStream in, OutputStream out) {
        this.firewall = firewall;
        this.in = new DataInputStream(new BufferedInputStream(in, BUFFER));
        this.out = new DataOutputStream(new BufferedOutputStream(out, BUFFER));
    }

    void serve() throws IOException {
        try {
            requests();
        } finally {
            firewall.peerTraffic().closed(late);
        }
    }

    private void requests() throws IOException {
        while (true) {
            if (in.available() == 0) {
                flush();
            }
            int first = in.read();
            if (first < 0) {
                return;
            }
            int length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
            if (length < 1 || length > Wire.MOST_BYTES) {
                throw new GarbageException("a request of " + (length & 0xffffffffL) + " octets");
            }
            read(length);
            if (request[0] == Wire.OUTLET) {
                firewall.peerTraffic().outlet(late);
            } else {
                packet(length);
            }
        }
    }

    private void flush() throws IOException {
        synchronized (out) {
            out.flush();
        }
    }

    /** Room grows with what has arrived, not with what is claimed. */
    private void read(int length) throws IOException {
        int have = 0;
        while (have < length) {
            if (have == request.length) {
                request = Arrays.copyOf(request, Math.min(Wire.MOST_BYTES, request.length * 2));
            }
            int got = in.read(request, have, Math.min(length, request.length) - have);
            if (got < 0) {
                throw new EOFException("in the middle of a request");
            }
            have += got;
        }
    }

    private void packet(int length) throws IOException {
        if (request[0] != Wire.PACKET) {
            throw new GarbageException("a request of kind " + (request[0] & 0xff));
        }
        if (length < Wire.PACKET_HEADER || (request[9] & 0xff) >= firewall.interfaces()) {
            throw new GarbageException("a packet without time or interface");
        }
        long time = firewall.clock() == Clock.SYSTEM ? SystemTime.micros() : ByteBuffer.wrap(request, 1, 8).getLong();
        frame.set(request, Wire.PACKET_HEADER, length - Wire.PACKET_HEADER);
        Verdict verdict = firewall.process(time, request[9], frame, late, ++packets);
        synchronized (out) {
            tell(Wire.PACKET, 0, verdict, frame);
        }
    }

    /** On whatever thread releases what was held; the connection may be gone by then. */
    private void settled(long number, Verdict verdict, Frame leaving) {
        try {
            synchronized (out) {
                tell(Wire.LATE, number, verdict, leaving);
                out.flush();
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "Packet port: a connection is gone before a packet that was held for it", e);
        }
    }

    private void tell(int kind, long number, Verdict verdict, Frame outgoing) throws IOException {
        if (verdict.forwarded()) {
            header(kind, number, Wire.FORWARDED, verdict.egress(), octets(outgoing));
            frame(outgoing.bytes, outgoing.offset, outgoing.length);
            for (byte[] each : outgoing.more()) {
                frame(each, 0, each.length);
            }
        } else if (verdict.held()) {
            header(kind, number, Wire.HELD, Wire.NO_INTERFACE, 0);
        } else {
            byte[] reason = REASONS[verdict.reason().ordinal()];
            header(kind, number, Wire.DROPPED, Wire.NO_INTERFACE, reason.length);
            out.write(reason);
        }
    }

    private static int octets(Frame outgoing) {
        int octets = 4 + outgoing.length;
        for (byte[] each : outgoing.more()) {
            octets += 4 + each.length;
        }
        return octets;
    }

    private void frame(byte[] bytes, int offset, int length) throws IOException {
        out.writeInt(length);
        out.write(bytes, offset, length);
    }

    private void header(int kind, long number, int outcome, int egress, int octets) throws IOException {
        out.writeInt(3 + octets + (kind == Wire.LATE ? 8 : 0));
        out.writeByte(kind);
        out.writeByte(outcome);
        out.writeByte(egress);
        if (kind == Wire.LATE) {
            out.writeLong(number);
        }
    }

    private static byte[][] reasons() {
        return Arrays.stream(DropReason.values()).map(reason -> reason.label().getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
    }
}
