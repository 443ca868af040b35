/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.group;

import java.util.Map;

/**
 * One entry of a table, for people.
 *
 * @param key the key's bytes in hexadecimal
 * @param fields name to value, in the handler's order; without secrets
 */
public record EntryView(String key, Map<String, Object> fields) {
}
