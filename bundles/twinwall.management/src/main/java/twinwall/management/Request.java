/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.io.InputStream;

/**
 * A request as it came, nothing of it checked.
 *
 * @param path still encoded
 * @param query still encoded; null when there is none
 * @param authorization the header of that name; null when it is missing
 * @param body not yet read, so that nobody without the token makes this firewall hold a long one
 */
record Request(String method, String path, String query, String authorization, InputStream body) {
}
