/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.confirm;

import twinwall.settings.Settings;

/**
 * Settings of confirm before forward.
 *
 * @param on {@code confirm_before_forward}: whether the first packet of a session waits until the peer has the session; needs quick
 *     backup; default false
 * @param boundMillis {@code confirm_bound_ms}: how long it waits at most, 1 to 1000; default 20
 * @param onBound {@code confirm_on_bound}: what becomes of it then; default {@code forward}
 */
public record ConfirmSettings(boolean on, int boundMillis, OnBound onBound) {

    /** What becomes of a packet that has waited as long as it may. */
    public enum OnBound {

        /** It goes on, as with quick backup alone. */
        FORWARD,

        /** It is dropped; its sender sends it again. */
        DROP
    }

    /** From a configuration. */
    public static ConfirmSettings from(Settings from) {
        return new ConfirmSettings(from.flag("confirm_before_forward", false), (int) from.number("confirm_bound_ms", 1, 1000, 20),
                from.choice("confirm_on_bound", OnBound.class, OnBound.FORWARD));
    }
}
