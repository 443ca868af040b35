/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.group;

/** What became of a file in the drop folder. */
public enum FileVerdict {
    /** It still grows or has just come. It is looked at when it no longer changes. */
    WRITING,
    /** Its bundle is installed and started. */
    INSTALLED,
    /** Its bundle has replaced an older one and has until a deadline to bring its tables into sync; else the older one comes back. */
    ON_TRIAL,
    /** Another file has a higher version of the same bundle, or the very same bytes. */
    SUPERSEDED,
    /** It cannot be read, is not a whole jar, or has entries that no honest jar has. */
    NOT_A_JAR,
    /** A jar without the headers of an OSGi bundle, or a fragment. */
    NOT_A_BUNDLE,
    /** Over a limit: bytes, entries, or bytes when unpacked. */
    TOO_LARGE,
    /** Nobody has signed it, or by means that Java no longer accepts. */
    UNSIGNED,
    /** Some of its entries are signed, others are not. */
    PARTLY_SIGNED,
    /** Signed, and changed afterwards. */
    TAMPERED,
    /** Signed by somebody who is not on the list of signers. */
    STRANGER,
    /** Its symbolic name is that of a bundle that did not come from the folder. */
    NAME_TAKEN,
    /** It backs up a table that another bundle backs up already. */
    TABLE_TAKEN,
    /** It wants a sensitive table, and the settings do not allow it. */
    SENSITIVE,
    /** It needs something that is not here. What it would replace goes on. */
    UNRESOLVED,
    /** Its update would restart bundles that did not come from the folder. */
    RESTARTS_OTHERS,
    /** It did not start, or its handler did not appear. */
    FAILED,
    /** Its start or stop did not come back in time. */
    HANGS,
    /** It started, but its tables did not come into sync in time. */
    NOT_IN_SYNC
}
