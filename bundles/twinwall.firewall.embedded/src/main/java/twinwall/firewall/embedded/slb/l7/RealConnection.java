/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb.l7;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

import twinwall.firewall.embedded.slb.RealServer;

/** A connection to a real server, for one request. */
final class RealConnection implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;
    private static final byte[] CRLF = {'\r', '\n'};

    private final RealServer real;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private RealConnection(RealServer real, Socket socket) throws IOException {
        this.real = real;
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
    }

    /** Connects. Each later wait for octets is as long at most: then {@link java.net.SocketTimeoutException}. */
    static RealConnection open(RealServer real, int timeoutMillis) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(real.socketAddress(), timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            socket.setTcpNoDelay(true);
            return new RealConnection(real, socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Connects to the real server that a client has, or to others in turn when it does not answer.
     *
     * @param held the client's, or {@code null}
     * @return {@code null} when none is healthy
     * @throws IOException of the last one, when none can be connected to
     */
    static RealConnection toOneOf(HttpBalancing balancing, HttpVirtualServer server, RealServer held) throws IOException {
        Set<RealServer> failed = new HashSet<>();
        IOException last = null;
        for (RealServer real = held != null ? held : balancing.choose(server, failed); real != null;
                real = balancing.choose(server, failed)) {
            try {
                return open(real, balancing.settings().timeoutMillis());
            } catch (IOException e) {
                last = e;
                failed.add(real);
            }
        }
        if (last != null) {
            throw last;
        }
        return null;
    }

    /** Sends a request's head. */
    void head(CharSequence head) throws IOException {
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.write(CRLF);
        out.flush();
    }

    /**
     * Sends a request's body as it comes.
     *
     * @param length how long it is; -1: in chunks, up to its end
     * @param most bytes at most
     * @throws BodyTooLongException when it is longer
     */
    void body(InputStream body, long length, long most) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long sent = 0;
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            sent += count;
            if (sent > most) {
                throw new BodyTooLongException();
            }
            if (length < 0 && count > 0) {
                out.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            out.write(buffer, 0, count);
            if (length < 0 && count > 0) {
                out.write(CRLF);
            }
            if (body.available() == 0) {
                out.flush();
            }
        }
        if (length >= 0 && sent != length) {
            throw new IOException("the client's body ended too early");
        }
        if (length < 0) {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.flush();
    }

    /** The response's head. */
    ResponseHead response() throws IOException {
        return ResponseHead.read(in);
    }

    /** The response's body. */
    FramedBody body(ResponseHead head) throws MalformedResponseException {
        return FramedBody.of(head, in);
    }

    RealServer real() {
        return real;
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException expected) {
            // it is gone all the same
        }
    }

    /** A request's body is longer than allowed: 413. */
    static final class BodyTooLongException extends IOException {

        private static final long serialVersionUID = 1;
    }
}
