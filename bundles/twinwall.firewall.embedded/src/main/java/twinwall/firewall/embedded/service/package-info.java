/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The firewall and its tables as OSGi services. */
package twinwall.firewall.embedded.service;
