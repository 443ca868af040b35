/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import org.osgi.annotation.versioning.ProviderType;

/** Where frames go that were held, see {@link EmbeddedFirewall#process(long, int, Frame, LateFrames, long)}. */
@ProviderType
@FunctionalInterface
public interface LateFrames {

    /**
     * A frame that was held leaves or is dropped. Called once for each, on any thread and without the firewall's lock, for the frames of
     * one session in the order in which they came.
     *
     * @param number what {@code process} was told
     * @param verdict forwarded or dropped
     * @param frame what leaves; reused after this returns. Nothing when it is dropped
     */
    void settled(long number, Verdict verdict, Frame frame);
}
