/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.group;

import java.time.Instant;
import java.util.List;

/**
 * A jar in the drop folder.
 *
 * @param file its name in the folder
 * @param bundle symbolic name of the bundle in it; empty when it could not be read
 * @param version of that bundle; empty when it could not be read
 * @param tables types of the tables that it backs up
 * @param detail one line: what happened or is lacking, what goes on, what to do
 * @param since when the verdict became what it is
 */
public record DroppedFile(String file, String bundle, String version, List<String> tables, FileVerdict verdict, String detail,
        Instant since) {
}
