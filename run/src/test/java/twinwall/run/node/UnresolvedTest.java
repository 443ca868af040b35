/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnresolvedTest {

    @Test
    void theInnermostMissingPackageIsNamedWithItsVersions() {
        String message = "Unable to resolve twinwall.link.netty [24](R 24.0): missing requirement [twinwall.link.netty [24](R 24.0)]"
            + " osgi.wiring.package; (osgi.wiring.package=io.netty.channel) [caused by: Unable to resolve io.netty.transport [6](R 6.0):"
            + " missing requirement [io.netty.transport [6](R 6.0)] osgi.wiring.package;"
            + " (&(osgi.wiring.package=io.netty.buffer)(version>=4.2.0)(!(version>=5.0.0)))] Unresolved requirements: [[a [24](R 24.0)]"
            + " osgi.wiring.package; (osgi.wiring.package=io.netty.channel)]";

        assertThat(Unresolved.inPlainWords(message))
            .isEqualTo("it needs package io.netty.buffer from version 4.2.0 to below 5.0.0, which no bundle here offers");
    }

    @Test
    void aMessageOfAnotherFormIsLeftAsItIs() {
        assertThat(Unresolved.inPlainWords("Singleton conflict.")).isEqualTo("Singleton conflict.");
    }
}
