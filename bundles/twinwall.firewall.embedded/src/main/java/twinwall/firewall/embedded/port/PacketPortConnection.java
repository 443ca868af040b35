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
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

import twinwall.firewall.BlacklistEntry.Direction;
import twinwall.firewall.BlacklistEntry.Origin;
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
            answer(length);
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

    private void answer(int length) throws IOException {
        switch (request[0]) {
            case Wire.PACKET -> packet(length);
            case Wire.BLACKLIST -> blacklist(length);
            default -> throw new GarbageException("a request of kind " + (request[0] & 0xff));
        }
    }

    private void packet(int length) throws IOException {
        if (length < Wire.PACKET_HEADER || (request[9] & 0xff) >= firewall.interfaces()) {
            throw new GarbageException("a packet without time or interface");
        }
        long time = firewall.clock() == Clock.SYSTEM ? SystemTime.micros() : ByteBuffer.wrap(request, 1, 8).getLong();
        frame.set(request, Wire.PACKET_HEADER, length - Wire.PACKET_HEADER);
        Verdict verdict = firewall.process(time, request[9], frame);
        if (verdict.forwarded()) {
            forwarded(verdict.egress());
        } else {
            notDone(Wire.PACKET, REASONS[verdict.reason().ordinal()]);
        }
    }

    private void forwarded(int egress) throws IOException {
        int octets = 4 + frame.length;
        for (byte[] each : frame.more()) {
            octets += 4 + each.length;
        }
        header(Wire.PACKET, true, egress, octets);
        out.writeInt(frame.length);
        out.write(frame.bytes, frame.offset, frame.length);
        for (byte[] each : frame.more()) {
            out.writeInt(each.length);
            out.write(each);
        }
    }

    private void notDone(int kind, byte[] reason) throws IOException {
        header(kind, false, Wire.NO_INTERFACE, reason.length);
        out.write(reason);
    }

    private void header(int kind, boolean done, int egress, int octets) throws IOException {
        out.writeInt(3 + octets);
        out.writeByte(kind);
        out.writeByte(done ? 1 : 0);
        out.writeByte(egress);
    }

    private void blacklist(int length) throws IOException {
        ByteBuffer read = ByteBuffer.wrap(request, 1, length - 1);
        if (length < 12 || (request[11] != 4 && request[11] != 16) || length < 12 + request[11]
                || (request[2] & 0xff) >= Direction.values().length || (request[10] & 0xff) >= Origin.values().length) {
            throw new GarbageException("a blacklist request with an impossible field");
        }
        boolean add = read.get() == 1;
        Direction direction = Direction.values()[read.get()];
        int protocol = read.get() & 0xff;
        int port = read.getShort() & 0xffff;
        int timeout = read.getInt();
        Origin origin = Origin.values()[read.get()];
        byte[] address = new byte[read.get()];
        read.get(address);
        String reason = StandardCharsets.UTF_8.decode(read).toString();
        String refused = change(add, direction, InetAddress.getByAddress(address), protocol, port, timeout, origin, reason);
        if (refused.isEmpty()) {
            header(Wire.BLACKLIST, true, Wire.NO_INTERFACE, 0);
        } else {
            notDone(Wire.BLACKLIST, refused.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private String change(boolean add, Direction direction, InetAddress address, int protocol, int port, int timeout, Origin origin,
            String reason) {
        if (!add) {
            return firewall.blacklist().remove(direction, address, protocol, port) ? "" : "no such entry";
        }
        try {
            OptionalInt seconds = timeout == 0 ? OptionalInt.empty() : OptionalInt.of(timeout);
            firewall.blacklist().add(direction, address, protocol, port, origin, reason, seconds);
            return "";
        } catch (IllegalArgumentException | IllegalStateException e) {
            return e.getMessage();
        }
    }

    private static byte[][] reasons() {
        return Arrays.stream(DropReason.values()).map(reason -> reason.label().getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
    }
}
