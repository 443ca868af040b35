/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import twinwall.deploy.jar.JarFacts;
import twinwall.deploy.jar.Refused;

/**
 * A jar of the folder after it was looked into.
 *
 * @param file its name
 * @param facts null when it is refused
 * @param refusal null when it is not
 * @param claimedName symbolic name it gives itself, whoever made it; empty when that cannot be read
 */
record JudgedFile(String file, JarFacts facts, Refused refusal, String claimedName) {

    static JudgedFile good(String file, JarFacts facts) {
        return new JudgedFile(file, facts, null, facts.name());
    }

    static JudgedFile bad(String file, Refused refusal, String claimedName) {
        return new JudgedFile(file, null, refusal, claimedName);
    }
}
