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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The user's end of a packet port. For one thread; or, pipelined, for one thread that posts and one that takes. Every method throws an
 * {@link IOException} once the firewall is gone.
 */
public final class PacketPortClient implements AutoCloseable {

    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int BUFFER = 128 * 1024;

    private final Socket socket;
    private final DataOutputStream out;
    private final DataInputStream in;
    private final Deque<Answer> late = new ArrayDeque<>();
    private long answered;

    /**
     * Connects to a packet port on this machine.
     *
     * @param port its TCP port
     * @param answerTimeoutMillis how long to wait for an answer before an {@link IOException}; 0: without end
     */
    public PacketPortClient(int port, int answerTimeoutMillis) throws IOException {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), answerTimeoutMillis);
    }

    /**
     * Connects to a packet port wherever it is.
     *
     * @param answerTimeoutMillis how long to wait for an answer before an {@link IOException}; 0: without end
     */
    public PacketPortClient(InetSocketAddress address, int answerTimeoutMillis) throws IOException {
        socket = new Socket();
        try {
            socket.connect(address, CONNECT_TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(answerTimeoutMillis);
            out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER));
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends a packet and waits until it is known what becomes of it. Nothing else may be under way. */
    public Answer send(long timeMicros, int networkInterface, byte[] frame) throws IOException {
        post(timeMicros, networkInterface, frame);
        flush();
        Answer answer = take();
        while (answer.held()) {
            Answer next = takeNext();
            answer = next.number() == answer.number() ? next : answer;
        }
        return answer;
    }

    /**
     * Sends a packet without waiting; its answer is {@link #take taken} later. Whoever posts must not run ahead of taking without bound:
     * the firewall reads no more requests while its answers are not read.
     *
     * @throws IllegalArgumentException when the frame is too large for the port
     */
    public void post(long timeMicros, int networkInterface, byte[] frame) throws IOException {
        int length = Wire.PACKET_HEADER + frame.length;
        if (length > Wire.MOST_BYTES) {
            throw new IllegalArgumentException("a frame of " + frame.length + " octets does not fit into a message of " + Wire.MOST_BYTES);
        }
        out.writeInt(length);
        out.writeByte(Wire.PACKET);
        out.writeLong(timeMicros);
        out.writeByte(networkInterface);
        out.write(frame);
    }

    /**
     * Asks for what leaves the firewall on its own: packets that its peer gave it to forward. Each comes as an answer with the number 0, by
     * {@link #takeNext}. Of several connections the one that asked last gets them. Use one that does nothing else.
     */
    public void beOutlet() throws IOException {
        out.writeInt(1);
        out.writeByte(Wire.OUTLET);
        out.flush();
    }

    /** Sends what was posted on its way. */
    public void flush() throws IOException {
        out.flush();
    }

    /**
     * Waits for the answer to the oldest packet posted. Flush before. What became of packets that were held is left to {@link #takeNext}.
     */
    public Answer take() throws IOException {
        while (true) {
            long before = answered;
            Answer answer = read();
            if (answered > before) {
                return answer;
            }
            late.add(answer);
        }
    }

    /** Waits for whatever is told next: the answer to the oldest packet posted, or what became of one that was held. */
    public Answer takeNext() throws IOException {
        return late.isEmpty() ? read() : late.poll();
    }

    private Answer read() throws IOException {
        int length = in.readInt();
        if (length < 3 || length > Wire.MOST_ANSWER_BYTES) {
            throw new IOException("an answer of " + length + " octets: this is not a packet port");
        }
        int kind = in.readUnsignedByte();
        int outcome = in.readUnsignedByte();
        int egress = in.readUnsignedByte();
        ByteBuffer rest = ByteBuffer.wrap(exactly(length - 3));
        if (kind != Wire.PACKET && (kind != Wire.LATE || rest.remaining() < 8)) {
            throw new IOException("an answer of an unknown kind: this is not a packet port");
        }
        long number = kind == Wire.LATE ? rest.getLong() : ++answered;
        if (outcome != Wire.FORWARDED) {
            return new Answer(false, -1, StandardCharsets.US_ASCII.decode(rest).toString(), List.of(), number, outcome == Wire.HELD);
        }
        return new Answer(true, egress, "", frames(rest), number, false);
    }

    private static List<byte[]> frames(ByteBuffer read) throws IOException {
        List<byte[]> frames = new ArrayList<>();
        while (read.hasRemaining()) {
            int length = read.remaining() < 4 ? -1 : read.getInt();
            if (length < 0 || length > read.remaining()) {
                throw new IOException("an answer contradicts its own length: this is not a packet port");
            }
            byte[] frame = new byte[length];
            read.get(frame);
            frames.add(frame);
        }
        return List.copyOf(frames);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the firewall is gone");
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
