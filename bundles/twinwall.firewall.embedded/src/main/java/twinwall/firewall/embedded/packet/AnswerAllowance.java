/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.packet;

/** Bounds how many errors the firewall answers with (RFC 4443, section 2.4 f), so that it cannot be used to flood anybody. */
public final class AnswerAllowance {

    private static final long SECOND = 1_000_000;

    private final int perSecond;
    private long second;
    private int used;

    /** So many in each second. */
    public AnswerAllowance(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Whether another one may be sent. */
    public boolean take(long nowMicros) {
        long now = nowMicros / SECOND;
        if (now != second) {
            second = now;
            used = 0;
        }
        return used++ < perSecond;
    }
}
