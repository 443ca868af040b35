/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What bundles share that deal with the host: programs with a time limit, and files that readers never see half written.
 */
@Version("1.0.0")
package twinwall.host;

import org.osgi.annotation.versioning.Version;
