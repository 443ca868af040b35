/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.sip;

import twinwall.record.Key;
import twinwall.record.Soft;

/**
 * Where a user's phone is reached.
 *
 * @param user as in {@code sip:alice@example.com}, without the scheme
 * @param contact the phone's own address, for example {@code sip:alice@192.0.2.7:5060}
 * @param callId of the REGISTER requests; a phone keeps it until it is started anew
 * @param sequence CSeq of the last REGISTER; within a call id it only grows
 * @param lifetimeSeconds how long it was granted for
 * @param remainingSeconds how much of that is left
 */
public record Registration(@Key String user, String contact, String callId, int sequence, int lifetimeSeconds,
        @Soft int remainingSeconds) {

    /** The same with so much time left. */
    Registration withRemaining(int seconds) {
        return new Registration(user, contact, callId, sequence, lifetimeSeconds, seconds);
    }
}
