/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The hot standby group as shells, consoles and firewalls see it: roles, readiness, status, commands.
 * <p>
 * The engine provides {@link twinwall.group.HotStandbyGroup}; a firewall registers a {@link twinwall.group.RoleListener} service to
 * learn whether it forwards. Status objects are immutable snapshots; counts are entries unless a unit is in the name.
 */
@Version("1.2.0")
package twinwall.group;

import org.osgi.annotation.versioning.Version;
