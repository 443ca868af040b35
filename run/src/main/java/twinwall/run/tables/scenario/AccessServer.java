/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A network access server that tells a firewall of its users (RFC 2866). */
final class AccessServer {

    private static final int PATIENCE_MILLIS = 5000;
    private static final int ACCOUNTING_RESPONSE = 5;

    private final String secret;

    AccessServer(String secret) {
        this.secret = secret;
    }

    /** Says that a user of group {@code /staff} has got an address; throws when the firewall does not confirm it. */
    void start(int port, String user, String address) throws IOException {
        byte[] request = request(user, Packets.address(address));
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.send(new DatagramPacket(request, request.length, InetAddress.getLoopbackAddress(), port));
            DatagramPacket answer = new DatagramPacket(new byte[64], 64);
            socket.receive(answer);
            if (answer.getData()[0] != ACCOUNTING_RESPONSE) {
                throw new IOException("the answer to an Accounting-Request has code " + answer.getData()[0]);
            }
        }
    }

    private byte[] request(String user, byte[] address) {
        byte[] name = user.getBytes(StandardCharsets.US_ASCII);
        byte[] group = "/staff".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer request = ByteBuffer.allocate(20 + 6 + 2 + name.length + 6 + 2 + group.length);
        request.put((byte) 4).put((byte) 1).putShort((short) request.capacity()).put(new byte[16]);
        request.put(new byte[] {40, 6, 0, 0, 0, 1}).put((byte) 1).put((byte) (2 + name.length)).put(name);
        request.put((byte) 8).put((byte) 6).put(address).put((byte) 25).put((byte) (2 + group.length)).put(group);
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(request.array());
            return request.put(4, md5.digest(secret.getBytes(StandardCharsets.UTF_8))).array();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
