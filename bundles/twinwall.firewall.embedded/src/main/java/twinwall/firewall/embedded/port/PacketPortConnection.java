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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import twinwall.firewall.embedded.Clock;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.Frame;
import twinwall.firewall.embedded.Verdict;
import twinwall.firewall.embedded.port.PacketPortServer.GarbageException;
import twinwall.firewall.embedded.service.SystemTime;

/**
 * Serves one connection: reads requests, writes answers. Answers are gathered while more requests have already arrived, so that
 * pipelining pays; a user who does not read them stops being read.
 */
final class PacketPortConnection {

    private static final int BUFFER = 128 * 1024;
    private static final byte[] NOTHING = {};
    private static final byte[][] REASONS = reasons();

    private final EmbeddedFirewall firewall;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final Frame frame = new Frame(NOTHING);
    private byte[] request = new byte[4096];

    PacketPortConnection(EmbeddedFirewall firewall, InputStream in, OutputStream out) {
        this.firewall = firewall;
        this.in = new DataInputStream(new BufferedInputStream(in, BUFFER));
        this.out = new DataOutputStream(new BufferedOutputStream(out, BUFFER));
    }

    void serve() throws IOException {
        while (true) {
            if (in.available() == 0) {
                out.flush();
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
            packet(length);
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
        Verdict verdict = firewall.process(time, request[9], frame);
        if (verdict.forwarded()) {
            forwarded(verdict.egress());
        } else {
            dropped(REASONS[verdict.reason().ordinal()]);
        }
    }

    private void forwarded(int egress) throws IOException {
        int octets = 4 + frame.length;
        for (byte[] each : frame.more()) {
            octets += 4 + each.length;
        }
        header(true, egress, octets);
        out.writeInt(frame.length);
        out.write(frame.bytes, frame.offset, frame.length);
        for (byte[] each : frame.more()) {
            out.writeInt(each.length);
            out.write(each);
        }
    }

    private void dropped(byte[] reason) throws IOException {
        header(false, Wire.NO_INTERFACE, reason.length);
        out.write(reason);
    }

    private void header(boolean forwarded, int egress, int octets) throws IOException {
        out.writeInt(3 + octets);
        out.writeByte(Wire.PACKET);
        out.writeByte(forwarded ? 1 : 0);
        out.writeByte(egress);
    }

    private static byte[][] reasons() {
        return Arrays.stream(DropReason.values()).map(reason -> reason.label().getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
    }
}
