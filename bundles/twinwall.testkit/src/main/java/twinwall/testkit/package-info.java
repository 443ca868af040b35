/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The contract test that every table handler must pass, and the doubles it uses: a firewall table in memory and sinks that remember.
 * <p>
 * Start at {@link twinwall.testkit.TableHandlerContract}: extend it in the handler's own tests. Needs JUnit 5 and AssertJ.
 */
@Version("1.1.0")
package twinwall.testkit;

import org.osgi.annotation.versioning.Version;
