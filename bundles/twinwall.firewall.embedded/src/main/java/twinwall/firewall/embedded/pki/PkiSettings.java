/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pki;

import twinwall.settings.Settings;

/**
 * What the stores of certificates and revocation lists are told.
 *
 * @param maxCertificates {@code pki_max_certificates}: default 1000
 * @param maxCrls {@code pki_max_crls}: revocation lists, one for each issuer; default 100
 * @param maxCrlBytes {@code pki_max_crl_kib}: how long a revocation list may be, 1 to 16384 KiB; default 1024
 */
public record PkiSettings(int maxCertificates, int maxCrls, int maxCrlBytes) {

    private static final int KIB = 1024;

    /** From the firewall's configuration. */
    public static PkiSettings from(Settings from) {
        return new PkiSettings((int) from.number("pki_max_certificates", 1, 100_000, 1000),
                (int) from.number("pki_max_crls", 1, 10_000, 100),
                (int) from.number("pki_max_crl_kib", 1, 16 * KIB, KIB) * KIB);
    }
}
