/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.aaa;

/** A login that was refused. The message is for the user: it says neither whether the user exists nor anything secret. */
public final class LoginRefusedException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Reason {
        /** No such user, or not that password. */
        WRONG_PASSWORD,
        /** Too many failed logins of this address or user: wait. */
        TOO_MANY_TRIES,
        /** Too many others log in at this moment: wait. */
        BUSY,
        /** As many as may be are logged in. */
        FULL,
        /** The other firewall processes services. */
        STANDBY,
        /** The credential file cannot be used. */
        NO_CREDENTIALS
    }

    private final Reason reason;
    private final int waitSeconds;

    LoginRefusedException(Reason reason, String message) {
        this(reason, message, 0);
    }

    LoginRefusedException(Reason reason, String message, int waitSeconds) {
        super(message);
        this.reason = reason;
        this.waitSeconds = waitSeconds;
    }

    /** Because the other firewall processes services. */
    public static LoginRefusedException standby() {
        return new LoginRefusedException(Reason.STANDBY,
                "this firewall does not process services now: it stands by. Log in and out at the active firewall; this one learns of it");
    }

    /** Because as many as may be are logged in. */
    public static LoginRefusedException full(String message) {
        return new LoginRefusedException(Reason.FULL, message);
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** How long another try is refused, seconds; 0 when there is no need to wait. */
    public int waitSeconds() {
        return waitSeconds;
    }
}
