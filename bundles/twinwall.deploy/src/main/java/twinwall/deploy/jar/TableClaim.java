/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy.jar;

/**
 * A table that a bundle says it backs up, as {@code @BackupTable} made it.
 *
 * @param sensitive it says that its entries hold secrets
 */
public record TableClaim(String type, long schema, boolean sensitive) {
}
