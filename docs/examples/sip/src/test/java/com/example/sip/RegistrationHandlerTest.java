/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.sip;

import java.util.List;

import twinwall.testkit.TableHandlerContract;

class RegistrationHandlerTest extends TableHandlerContract<Registration> {

    RegistrationHandlerTest() {
        super(Registration.class, RegistrationHandler::new);
    }

    @Override
    protected List<Registration> due() {
        return List.of(registration("alice@example.com", 1, 3600), registration("bob@example.com", 1, 60));
    }

    @Override
    protected List<Registration> notDue() {
        return List.of(registration("carol@example.com", 1, 59));
    }

    @Override
    protected Registration changed(Registration last) {
        return registration(last.user(), last.sequence() + 1, last.lifetimeSeconds());
    }

    @Override
    protected Registration softChanged(Registration last) {
        return last.withRemaining(last.remainingSeconds() - 1);
    }

    private static Registration registration(String user, int sequence, int seconds) {
        return new Registration(user, "sip:192.0.2.7:5060", "call-of-" + user, sequence, seconds, seconds);
    }
}
