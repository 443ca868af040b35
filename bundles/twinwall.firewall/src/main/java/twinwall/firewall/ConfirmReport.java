/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import org.osgi.annotation.versioning.ConsumerType;

/** Tells how a firewall does with confirm before forward: an OSGi service, for whoever shows it. */
@FunctionalInterface
@ConsumerType
public interface ConfirmReport {

    /** How it is now. May be called from any thread. */
    ConfirmStatus status();
}
