/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What a vendor implements to have a service table backed up to the peer firewall.
 * <p>
 * A bundle that <em>implements</em> {@link twinwall.spi.TableHandler} imports {@code [1.0,2)}: minor versions only add to the types
 * that the engine implements, or add default methods. Only JDK types cross this package. Start at {@link twinwall.spi.TableHandler}.
 */
@Version("1.3.0")
package twinwall.spi;

import org.osgi.annotation.versioning.Version;
