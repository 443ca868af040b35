/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * What tells, without reading it, that a file is still the same.
 *
 * @param size bytes
 * @param modifiedMillis since 1970
 * @param key the file system's own name for it, text; {@code null} where there is none. Another file renamed to the same name has another
 */
record FileStamp(long size, long modifiedMillis, String key) {

    static FileStamp of(Path file) throws IOException {
        BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileStamp(facts.size(), facts.lastModifiedTime().toMillis(), Objects.toString(facts.fileKey(), null));
    }
}
