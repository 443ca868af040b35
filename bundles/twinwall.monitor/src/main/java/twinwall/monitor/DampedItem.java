/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.monitor;

import java.util.function.Supplier;

import twinwall.group.MonitoredItem;
import twinwall.settings.Settings;

/** An item whose looks are damped. */
final class DampedItem implements MonitoredItem {

    private static final int MOST_IN_A_ROW = 100;

    private final String name;
    private final Supplier<String> look;
    private final Damping damping;

    /**
     * Looks when it is asked.
     *
     * @param look answers empty when all is well, else what is not
     * @param fall default of the setting of this name
     */
    DampedItem(String name, Supplier<String> look, Settings settings, int fall) {
        this.name = name;
        this.look = look;
        this.damping = new Damping((int) settings.number("fall", 1, MOST_IN_A_ROW, fall),
            (int) settings.number("rise", 1, MOST_IN_A_ROW, 2));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String failure() {
        return damping.damped(look.get());
    }
}
