/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.hook;

import java.util.function.Function;

import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import twinwall.group.GroupStatus;
import twinwall.group.HotStandbyGroup;
import twinwall.group.Role;

/** The group of this framework. Looked up when it is asked, so that a hook outlives an engine that restarts. */
final class LocalGroup implements HookThread.Group {

    private final BundleContext context;

    LocalGroup(BundleContext context) {
        this.context = context;
    }

    @Override
    public String firewall() {
        return ask(GroupStatus::firewall, null);
    }

    @Override
    public Role role() {
        return ask(GroupStatus::role, Role.INITIALIZING);
    }

    private <T> T ask(Function<GroupStatus, T> what, T otherwise) {
        try {
            ServiceReference<HotStandbyGroup> reference = context.getServiceReference(HotStandbyGroup.class);
            HotStandbyGroup group = reference == null ? null : context.getService(reference);
            if (group == null) {
                return otherwise;
            }
            try {
                return what.apply(group.status());
            } finally {
                context.ungetService(reference);
            }
        } catch (RuntimeException e) {
            // This bundle stops, or the engine does: what is not known does not keep the hook from its work.
            return otherwise;
        }
    }
}
