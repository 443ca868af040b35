/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The management API of a firewall over HTTP: status, entries and commands as JSON, metrics for Prometheus, health.
 * {@link twinwall.management.ManagementApi} is the component; every path is in {@link twinwall.management.Routes}.
 */
package twinwall.management;
