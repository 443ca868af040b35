/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import java.util.Collection;
import java.util.List;

import twinwall.deploy.jar.JarFacts;
import twinwall.deploy.jar.Refused;

/** What a jar would meet in the framework. Asking changes nothing. */
interface Surroundings {

    /** Why the bundle may not be here, whatever it needs; null when it may. */
    Refused objection(JarFacts bundle);

    /**
     * What it needs and is not here; null when nothing.
     *
     * @param coming bundles that would be here by then
     */
    Refused lacking(JarFacts bundle, Collection<JarFacts> coming);

    /** Symbolic names of all that would stop and start when the bundle is updated or removed, itself included. */
    List<String> restartedWith(InstalledBundle bundle);

    /** Whether a bundle of that name came from the folder. */
    boolean isFromFolder(String name);
}
