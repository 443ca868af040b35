/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.monitor;

/**
 * Keeps one lost probe from moving a role, in the words of HAProxy's health checks: an item that works has failed after {@code fall} looks
 * in a row found it failed, and works again after {@code rise} looks in a row found it well. It begins as one that works.
 */
final class Damping {

    private final int fall;
    private final int rise;
    private boolean works = true;
    private int inARow;
    private String failure = "";

    Damping(int fall, int rise) {
        this.fall = fall;
        this.rise = rise;
    }

    /**
     * Takes what a look has found and answers what counts.
     *
     * @param found empty when the item was well
     * @return empty while the item works, else the newest failure that was found
     */
    synchronized String damped(String found) {
        boolean well = found.isEmpty();
        if (!well) {
            failure = found;
        }
        inARow = well == works ? 0 : inARow + 1;
        if (inARow >= (works ? fall : rise)) {
            works = !works;
            inARow = 0;
        }
        return works ? "" : failure;
    }
}
