/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A SIP phone, as much of it as registers and calls. */
final class Phone implements AutoCloseable {

    private static final int ANSWER_MILLIS = 5_000;

    private final DatagramSocket socket;
    private int sequence;

    /** At a loopback address. */
    Phone(String address) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), 0));
        socket.setSoTimeout(ANSWER_MILLIS);
    }

    /** Registers a user at this phone; returns the answer's status line. */
    String register(int port, String user) throws IOException {
        return ask(port, "REGISTER", user, "Contact: <sip:" + user + "@192.0.2.7>\r\nExpires: 3600\r\n").lines().findFirst().orElse("");
    }

    /** Where a call goes to, or the status line when nobody is there. */
    String call(int port, String user) throws IOException {
        String answer = ask(port, "INVITE", user, "");
        return answer.lines().filter(line -> line.startsWith("Contact: ")).findFirst().orElse(answer.lines().findFirst().orElse(""));
    }

    private String ask(int port, String method, String user, String more) throws IOException {
        sequence++;
        byte[] request = (method + " sip:example.com SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1\r\nFrom: <sip:test@example.com>;tag=1\r\n"
                + "To: <sip:" + user + "@example.com>\r\nCall-ID: call-" + socket.getLocalPort() + "\r\nCSeq: " + sequence + " " + method
                + "\r\n" + more + "\r\n").getBytes(UTF_8);
        socket.send(new DatagramPacket(request, request.length, InetAddress.getLoopbackAddress(), port));
        DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
        socket.receive(answer);
        return new String(answer.getData(), 0, answer.getLength(), UTF_8);
    }

    @Override
    public void close() {
        socket.close();
    }
}
