/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Tells the host which role this firewall has: a script for every change (factory PID {@code twinwall.hook.script}), and a file that
 * always holds the role (factory PID {@code twinwall.hook.file}), for keepalived and the like.
 * <p>
 * A hook has a thread of its own: neither the role change nor another hook waits for it. A hook that is behind skips to the newest change.
 */
package twinwall.hook;
