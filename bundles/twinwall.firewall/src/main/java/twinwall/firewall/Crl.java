/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import java.time.Instant;
import java.util.Optional;

import twinwall.record.Fixed;
import twinwall.record.Key;

/**
 * An entry of the table {@code crl}: one part of a certificate revocation list (RFC 5280, section 5), because a list may be larger than
 * an entry. The parts with one {@code sha256} make the list.
 *
 * @param issuer SHA-256 of the issuer's name in DER, lower-case hexadecimal
 * @param part 0 for the first
 * @param parts how many there are
 * @param number the CRL number, hexadecimal; empty when the list has none
 * @param thisUpdate when the list was issued
 * @param nextUpdate when a newer one was to be there; empty when the list does not say
 * @param sha256 of the whole list in DER
 * @param bytes this part of the list in DER
 */
public record Crl(@Key String issuer, @Key @Fixed(2) int part, int parts, String number, Instant thisUpdate, Optional<Instant> nextUpdate,
        byte[] sha256, byte[] bytes) {
}
