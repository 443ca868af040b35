/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.aaa;

import java.util.function.Supplier;

import twinwall.firewall.FirewallCounter;
import twinwall.firewall.embedded.aaa.LoginRefusedException.Reason;
import twinwall.firewall.embedded.count.ReasonCounter;

/** Counts the logins by one way that were refused. Safe for threads. */
public final class RefusedLogins {

    private final ReasonCounter<Reason> counter;

    /** Of none so far; name and meaning as {@link FirewallCounter} has them. */
    public RefusedLogins(String name, String meaning) {
        counter = new ReasonCounter<>(name, meaning, Reason.class);
    }

    /** Lets somebody log in, and counts when that is refused. */
    public <T> T counted(Supplier<T> login) {
        try {
            return login.get();
        } catch (LoginRefusedException e) {
            counter.count(e.reason());
            throw e;
        }
    }

    /** What was counted. */
    public FirewallCounter counter() {
        return counter;
    }
}
