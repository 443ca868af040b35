/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The other end of a tunnel, written anew from RFC 4303 and RFC 4106 so that it shares no mistake with the firewall: 203.0.113.1 with
 * 10.0.0.0/8 and 2001:db8:1::/48 here, 198.51.100.1 with 172.16.0.0/12 and 2001:db8:2::/48 there.
 */
final class RemoteGateway {

    static final String HERE = "203.0.113.1";
    static final String THERE = "198.51.100.1";
    static final String CLIENT = "10.0.0.5";
    static final String SERVER = "172.16.0.9";
    static final String KEY_IN = "000102030405060708090a0b0c0d0e0f10111213";
    static final String KEY_OUT = "202122232425262728292a2b2c2d2e2f30313233";
    static final int SPI_IN = 0x1001;
    static final int SPI_OUT = 0x2002;

    /** What the firewall sealed its packets with: number and IV, each as in the packet. */
    final List<String> vectors = new ArrayList<>();
    long sent;
    long received;

    /** Arguments of {@code ipsec add} for this tunnel, with changes. */
    static Map<String, String> request(String... changes) {
        Map<String, String> all = new java.util.HashMap<>(Map.of("tunnel", "branch", "local", HERE, "remote", THERE, "spi_in", "" + SPI_IN,
                "spi_out", "" + SPI_OUT, "key_in", KEY_IN, "key_out", KEY_OUT, "local_prefixes", "10.0.0.0/8, 2001:db8:1::/48",
                "remote_prefixes", "172.16.0.0/12, 2001:db8:2::/48"));
        for (int i = 0; i < changes.length; i += 2) {
            all.put(changes[i], changes[i + 1]);
        }
        return all;
    }

    /** Seals the IP packet of a frame under the next number. */
    byte[] seal(byte[] frame) {
        return seal(frame, ++sent);
    }

    byte[] seal(byte[] frame, long number) {
        byte[] inner = Arrays.copyOfRange(frame, 14, frame.length);
        int padding = -(inner.length + 2) & 3;
        ByteBuffer plain = ByteBuffer.allocate(inner.length + padding + 2).put(inner);
        for (int i = 1; i <= padding; i++) {
            plain.put((byte) i);
        }
        plain.put((byte) padding).put((byte) (inner[0] >> 4 == 4 ? 4 : 41));
        return sealRaw(plain.array(), number);
    }

    /** Seals any octets as if they were packet and trailer. */
    byte[] sealRaw(byte[] plain, long number) {
        ByteBuffer esp = ByteBuffer.allocate(16 + plain.length + 16);
        esp.putInt(SPI_IN).putInt((int) number).putLong(number);
        esp.put(gcm(Cipher.ENCRYPT_MODE, KEY_IN, SPI_IN, number, number, plain));
        return Frames.ip(THERE, HERE, 50, esp.array(), -1);
    }

    /** Opens what the firewall sealed, and gives the inner packet as a frame. */
    byte[] open(byte[] frame) {
        ByteBuffer esp = ByteBuffer.wrap(frame, 34, frame.length - 34);
        if (frame[23] != 50 || esp.getInt() != SPI_OUT) {
            throw new AssertionError("not sealed for this gateway");
        }
        // As a gateway with a window does: the number nearest to those received.
        long low = esp.getInt() & 0xffffffffL;
        long number = received & ~0xffffffffL | low;
        number += number < received - 1000 ? 1L << 32 : 0;
        received = Math.max(received, number);
        long iv = esp.getLong();
        vectors.add(number + "/" + Long.toHexString(iv));
        byte[] sealed = new byte[esp.remaining()];
        esp.get(sealed);
        byte[] plain = gcm(Cipher.DECRYPT_MODE, KEY_OUT, SPI_OUT, number, iv, sealed);
        int padding = plain[plain.length - 2];
        byte[] inner = Arrays.copyOf(plain, plain.length - 2 - padding);
        int type = plain[plain.length - 1] == 4 ? 0x0800 : 0x86dd;
        return ByteBuffer.allocate(14 + inner.length).putShort(12, (short) type).position(14).put(inner).array();
    }

    private static byte[] gcm(int mode, String secret, int spi, long number, long iv, byte[] in) {
        byte[] octets = HexFormat.of().parseHex(secret);
        byte[] nonce = ByteBuffer.allocate(12).put(octets, 16, 4).putLong(iv).array();
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(octets, 0, 16, "AES"), new GCMParameterSpec(128, nonce));
            cipher.updateAAD(ByteBuffer.allocate(12).putInt(spi).putLong(number).array());
            return cipher.doFinal(in);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("not authentic", e);
        }
    }
}
