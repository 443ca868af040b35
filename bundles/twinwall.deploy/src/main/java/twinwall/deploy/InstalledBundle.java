/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/**
 * A bundle that came from the folder.
 *
 * @param bundle in the framework
 * @param name its symbolic name
 * @param version that runs
 * @param hash of the jar that runs; empty when it is not known
 * @param file that it came from; empty when it is not known
 */
record InstalledBundle(Bundle bundle, String name, Version version, String hash, String file) {

    @Override
    public String toString() {
        return name + " " + version;
    }
}
