/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** A host that speaks PCP version 2 with the firewall at 10.0.0.1. */
final class PcpClient {

    static final String SERVER = "10.0.0.1";
    static final int PORT = 5351;

    final String address;
    private final byte[] nonce = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

    PcpClient(String address, int nonce) {
        this.address = address;
        this.nonce[0] = (byte) nonce;
    }

    /** What the server says. */
    record Answer(int version, int opcode, int result, long lifetime, long epoch, byte[] all) {

        int outsidePort() {
            return Short.toUnsignedInt(ByteBuffer.wrap(all).getShort(42));
        }

        String outside() {
            return (all[56] & 0xff) + "." + (all[57] & 0xff) + "." + (all[58] & 0xff) + "." + (all[59] & 0xff) + ":" + outsidePort();
        }
    }

    byte[] header(int opcode, long lifetime) {
        ByteBuffer header = ByteBuffer.allocate(24);
        header.put((byte) 2).put((byte) opcode).putShort((short) 0).putInt((int) lifetime);
        return header.put(mapped(address)).array();
    }

    byte[] map(int protocol, int insidePort, int outsidePort, String outside, long lifetime, byte[]... options) {
        ByteBuffer map = ByteBuffer.allocate(60);
        map.put(header(1, lifetime)).put(nonce).put((byte) protocol).put(new byte[3]).putShort((short) insidePort)
                .putShort((short) outsidePort).put(mapped(outside));
        return with(map.array(), options);
    }

    byte[] peer(int protocol, int insidePort, int outsidePort, String remote, int remotePort, long lifetime, byte[]... options) {
        ByteBuffer peer = ByteBuffer.allocate(80).put(map(protocol, insidePort, outsidePort, "0.0.0.0", lifetime));
        peer.put(1, (byte) 2).putShort((short) remotePort).putShort((short) 0).put(mapped(remote));
        return with(peer.array(), options);
    }

    static byte[] option(int code, byte[] data) {
        return ByteBuffer.allocate(4 + (data.length + 3 & ~3)).put((byte) code).put((byte) 0).putShort((short) data.length).put(data)
                .array();
    }

    static byte[] preferFailure() {
        return option(2, new byte[0]);
    }

    static byte[] filter(String remote, int prefixLength, int port) {
        return option(3, ByteBuffer.allocate(20).put((byte) 0).put((byte) prefixLength).putShort((short) port).put(mapped(remote)).array());
    }

    static byte[] thirdParty(String inside) {
        return option(1, mapped(inside));
    }

    static byte[] with(byte[] message, byte[]... options) {
        byte[] all = message;
        for (byte[] option : options) {
            all = Arrays.copyOf(all, all.length + option.length);
            System.arraycopy(option, 0, all, all.length - option.length, option.length);
        }
        return all;
    }

    static byte[] mapped(String address) {
        return ByteBuffer.allocate(16).putInt(0).putInt(0).putInt(0xffff).put(Frames.address(address)).array();
    }

    byte[] frame(byte[] message) {
        return packet(address, SERVER, message);
    }

    static byte[] packet(String from, String to, byte[] message) {
        ByteBuffer udp = ByteBuffer.allocate(8 + message.length);
        udp.putShort((short) 40000).putShort((short) PORT).putShort((short) (8 + message.length)).putShort((short) 0).put(message);
        byte[] frame = Frames.ip(from, to, 17, udp.array(), 6);
        for (int i = 0; i < 12; i++) {
            frame[i] = (byte) (i < 6 ? 2 : 6);
        }
        return frame;
    }

    /** Sends a message from inside; the answer must be a right packet back to this host. */
    Answer ask(TestFirewall firewall, byte[] message) {
        return ask(firewall, frame(message), answer -> assertThat(Frames.destination(answer)).isEqualTo(address + ":40000"));
    }

    static Answer ask(TestFirewall firewall, byte[] packet, Consumer<byte[]> check) {
        TestFirewall.Passage passage = firewall.send(EmbeddedFirewall.INSIDE, packet);
        assertThat(passage.verdict()).isEqualTo(Verdict.forwarded(EmbeddedFirewall.INSIDE));
        Frame frame = passage.frame();
        byte[] answer = Arrays.copyOfRange(frame.bytes, frame.offset, frame.offset + frame.length);
        assertThat(Frames.checksumsRight(answer)).isTrue();
        assertThat(Frames.source(answer)).isEqualTo(SERVER + ":" + PORT);
        assertThat(Arrays.copyOf(answer, 6)).as("back to the sender").isEqualTo(Arrays.copyOfRange(packet, 6, 12));
        check.accept(answer);
        byte[] message = Arrays.copyOfRange(answer, 42, answer.length);
        assertThat(message.length).isBetween(24, 1100);
        assertThat(message.length % 4).isZero();
        ByteBuffer read = ByteBuffer.wrap(message);
        assertThat(message[1] & 0x80).as("R").isEqualTo(0x80);
        return new Answer(message[0], message[1] & 0x7f, message[3], Integer.toUnsignedLong(read.getInt(4)),
                Integer.toUnsignedLong(read.getInt(8)), message);
    }
}
