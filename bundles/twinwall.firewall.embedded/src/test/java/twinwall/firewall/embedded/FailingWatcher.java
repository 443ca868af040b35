/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import twinwall.firewall.Ipv4Session;
import twinwall.firewall.TableWatcher;

/** Fails whatever it hears. */
final class FailingWatcher implements TableWatcher<Ipv4Session> {

    @Override
    public void changed(Ipv4Session entry) {
        throw new IllegalStateException("on purpose");
    }

    @Override
    public void removed(Ipv4Session last) {
        throw new IllegalStateException("on purpose");
    }
}
