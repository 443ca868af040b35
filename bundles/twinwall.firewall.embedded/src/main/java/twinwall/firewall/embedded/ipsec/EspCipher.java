/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.ipsec;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import twinwall.firewall.embedded.packet.Octets;

/**
 * AES-GCM for ESP (RFC 4106): a nonce of 4 octets of salt and 8 octets of initialization vector, a 16-octet ICV, and SPI and sequence
 * number as additional data. One for each association, kept as long as that is. Not safe for threads.
 */
final class EspCipher {

    /** Octets of the initialization vector in a packet. */
    static final int IV = 8;
    /** Octets of the integrity check value. */
    static final int ICV = 16;
    private static final int SALT = 4;

    private final int mode;
    private final long spi;
    private final boolean extended;
    private final SecretKeySpec key;
    private final Cipher cipher;
    private final byte[] nonce = new byte[SALT + IV];
    private final byte[] additional;

    /**
     * A cipher.
     *
     * @param secret AES key of 16, 24 or 32 octets, then the salt
     * @param extended whether the additional data hold all 64 bits of the sequence number (RFC 4106, section 5)
     */
    EspCipher(boolean seals, byte[] secret, long spi, boolean extended) {
        this.mode = seals ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
        this.spi = spi;
        this.extended = extended;
        this.additional = new byte[extended ? 12 : 8];
        this.key = new SecretKeySpec(secret, 0, secret.length - SALT, "AES");
        System.arraycopy(secret, secret.length - SALT, nonce, 0, SALT);
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no AES-GCM", e);
        }
    }

    /** Whether that many octets are key and salt. */
    static boolean fits(int octets) {
        return octets == 16 + SALT || octets == 24 + SALT || octets == 32 + SALT;
    }

    /** Encrypts, and appends the ICV. The caller never gives one {@code iv} twice. */
    void seal(long number, long iv, byte[] plain, int length, byte[] out, int at) {
        try {
            begin(number, iv);
            cipher.doFinal(plain, 0, length, out, at);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refuses to seal", e);
        }
    }

    /**
     * Verifies the ICV, the last octets of {@code length}, and decrypts.
     *
     * @return false when the packet is not authentic
     */
    boolean open(long number, long iv, byte[] sealed, int from, int length, byte[] out, int at) {
        try {
            begin(number, iv);
            cipher.doFinal(sealed, from, length, out, at);
            return true;
        } catch (AEADBadTagException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refuses to open", e);
        }
    }

    private void begin(long number, long iv) throws GeneralSecurityException {
        Octets.put32(nonce, SALT, (int) (iv >>> 32));
        Octets.put32(nonce, SALT + 4, (int) iv);
        Octets.put32(additional, 0, (int) spi);
        if (extended) {
            Octets.put32(additional, 4, (int) (number >>> 32));
        }
        Octets.put32(additional, additional.length - 4, (int) number);
        cipher.init(mode, key, new GCMParameterSpec(ICV * 8, nonce));
        cipher.updateAAD(additional);
    }
}
