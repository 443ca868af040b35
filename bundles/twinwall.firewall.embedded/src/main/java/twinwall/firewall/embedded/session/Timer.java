/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

/** Something that a {@link TimerWheel} can hold. The links live in the object itself, so that a timer costs no memory of its own. */
public abstract class Timer {

    static final int UNSCHEDULED = -1;

    Timer previousTimer;
    Timer nextTimer;
    long dueTick;
    int wheelSlot = UNSCHEDULED;
}
