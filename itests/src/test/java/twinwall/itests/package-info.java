/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The suite as a node runs it, in one Felix framework and in two. {@link twinwall.itests.Pair} gives a test two firewalls that back
 * each other up: one in Pax Exam's framework, one in a second framework of the same bundles.
 */
package twinwall.itests;
