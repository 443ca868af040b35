/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.group;

import java.util.List;

import org.osgi.annotation.versioning.ProviderType;

/** The folder from which handlers are installed on this firewall. Methods may be called from any thread. */
@ProviderType
public interface DropFolder {

    /** Where it is. */
    String path();

    /** Every jar in it with its verdict, by name. */
    List<DroppedFile> files();

    /**
     * A dry run: what would happen now to each jar in the folder, and to each in its subfolder {@code check} if it were moved up beside
     * the others. Nothing is done, except that jars are read. Takes as long as reading them.
     */
    List<PlannedChange> check();
}
