/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Commands of scope {@code twinwall} for the Gogo shell: {@code status}, {@code tables}, {@code entries}, {@code handlers},
 * {@code links}, {@code losses}, {@code splitbrains}, and {@code sync}, {@code check}, {@code switchover}, {@code quickbackup}, which wait
 * for their verdict; {@code deploy} and {@code dryrun} for the drop folder.
 * <p>
 * Knows the group's API only. What people read here programs read from the management API; texts may change, JSON fields do not.
 */
package twinwall.shell;
