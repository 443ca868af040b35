/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Installs, updates and removes the bundles in a drop folder. {@link twinwall.deploy.DropFolderService} is the component;
 * {@link twinwall.deploy.Deployment} makes the framework what the folder says, {@link twinwall.deploy.Plan} decides how.
 */
package twinwall.deploy;
