/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Reads settings from a configuration: a value that cannot be used is named, with what is used instead.
 */
@Version("1.0.0")
package twinwall.settings;

import org.osgi.annotation.versioning.Version;
