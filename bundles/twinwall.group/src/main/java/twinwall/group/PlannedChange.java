/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.group;

import java.util.List;

/**
 * What would happen to a jar, or to the bundle of a jar that has gone.
 *
 * @param file the jar's name; empty for a bundle whose jar has gone
 * @param bundle symbolic name; empty when it could not be read
 * @param version of that bundle; empty when it could not be read
 * @param action what would be done
 * @param detail one line for people
 * @param restarts symbolic names of the bundles that would be stopped and started, itself included
 */
public record PlannedChange(String file, String bundle, String version, Action action, String detail, List<String> restarts) {

    /** What would be done. */
    public enum Action {
        /** Nothing: all is as the file says. */
        NONE,
        /** A new bundle. */
        INSTALL,
        /** The bundle that is here is replaced by this version of it. */
        UPDATE,
        /** The bundle is removed. */
        UNINSTALL,
        /** Nothing, because the file cannot be used. */
        REFUSE
    }
}
