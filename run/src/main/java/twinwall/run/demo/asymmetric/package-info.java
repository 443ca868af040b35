/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Connections whose two directions go through different firewalls: {@code run/demo --asymmetric}. Start at
 * {@link twinwall.run.demo.asymmetric.AsymmetricDemo}.
 */
package twinwall.run.demo.asymmetric;
