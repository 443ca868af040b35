/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The other end of an IPsec tunnel: ESP (RFC 4303) with AES-GCM (RFC 4106) over IPv4, with keys of its own for each run. */
final class BranchGateway {

    static final int SPI_TO_FIREWALL = 0x5001;
    static final int SPI_TO_BRANCH = 0x5002;
    private static final int ESP = 50;
    private static final int HEADERS = 14 + 20;
    private static final int KEY = 32;

    private final String own;
    private final String firewall;
    private final byte[] toFirewall = secret();
    private final byte[] toBranch = secret();
    private final List<String> vectors = new ArrayList<>();
    private long sent;
    private long received;

    BranchGateway(String own, String firewall) {
        this.own = own;
        this.firewall = firewall;
    }

    private static byte[] secret() {
        byte[] secret = new byte[KEY + 4];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    /** Key and salt of packets to the firewall, in hexadecimal. */
    String keyToFirewall() {
        return HexFormat.of().formatHex(toFirewall);
    }

    /** Key and salt of packets to the branch, in hexadecimal. */
    String keyToBranch() {
        return HexFormat.of().formatHex(toBranch);
    }

    /** Initialization vectors of what was opened, in order. */
    List<String> vectors() {
        return vectors;
    }

    /** So many packets were sent and lost. */
    void skip(int packets) {
        sent += packets;
    }

    /** Seals a frame's IPv4 packet. */
    byte[] seal(byte[] frame) {
        byte[] inner = Packets.packet(frame);
        int padding = -(inner.length + 2) & 3;
        ByteBuffer plain = ByteBuffer.allocate(inner.length + padding + 2).put(inner);
        for (int i = 1; i <= padding; i++) {
            plain.put((byte) i);
        }
        plain.put((byte) padding).put((byte) 4);
        long number = ++sent;
        try {
            byte[] sealed = gcm(Cipher.ENCRYPT_MODE, toFirewall, SPI_TO_FIREWALL, number, number, plain.array());
            byte[] esp = ByteBuffer.allocate(16 + sealed.length).putInt(SPI_TO_FIREWALL).putInt((int) number).putLong(number).put(sealed)
                    .array();
            return Packets.ip(ESP, own, firewall, esp);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refuses to seal", e);
        }
    }

    /** Whether the frame is sealed for this gateway, authentic, and later than all before. */
    boolean open(byte[] frame) {
        ByteBuffer esp = ByteBuffer.wrap(frame, HEADERS, frame.length - HEADERS);
        if (frame[14 + 9] != ESP || esp.getInt() != SPI_TO_BRANCH) {
            return false;
        }
        long number = esp.getInt() & 0xffffffffL;
        long vector = esp.getLong();
        vectors.add(Long.toHexString(vector));
        try {
            gcm(Cipher.DECRYPT_MODE, toBranch, SPI_TO_BRANCH, number, vector, Arrays.copyOfRange(frame, esp.position(), frame.length));
        } catch (GeneralSecurityException e) {
            return false;
        }
        boolean later = number > received;
        received = Math.max(received, number);
        return later;
    }

    private static byte[] gcm(int mode, byte[] secret, int spi, long number, long vector, byte[] in) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        byte[] nonce = ByteBuffer.allocate(12).put(secret, KEY, 4).putLong(vector).array();
        cipher.init(mode, new SecretKeySpec(secret, 0, KEY, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(ByteBuffer.allocate(12).putInt(spi).putLong(number).array());
        return cipher.doFinal(in);
    }
}
