/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import twinwall.group.Role;

/**
 * What a process does that stood still: it listens before it judges the peer, and when the peer may have taken over it forwards nothing
 * until it knows. Guarded by its {@link Member}, except {@link #valid}.
 */
final class Awakening {

    private final RoleKeeper keeper;
    private final Links links;
    private final Roles roles;
    private final Handover handover;
    private final Stillness stillness;

    Awakening(RoleKeeper keeper, Links links, Roles roles, Handover handover, Stillness stillness) {
        this.keeper = keeper;
        this.links = links;
        this.roles = roles;
        this.handover = handover;
        this.stillness = stillness;
    }

    /** Called before anything else is done at this moment. */
    void look(long now) {
        Stillness.Gap gap = stillness.look(now);
        if (gap == Stillness.Gap.NONE) {
            return;
        }
        boolean forwarded = roles.role().forwards();
        links.all().forEach(session -> session.listenAnew(now));
        roles.listenAnew(now, gap == Stillness.Gap.VOID);
        if (gap == Stillness.Gap.VOID) {
            handover.abandon(stoodStill(), now);
            keeper.decided(roles.standAside(stoodStill()), now);
            stillness.replaced();
        }
        if (!forwarded) {
            // The firewall may have yet to be told.
            stillness.replaced();
        }
        if (gap != Stillness.Gap.DEAF || stillness.inDoubt()) {
            // In doubt it says that it has no share. The peer may have acted on that during this gap, too.
            sayRole();
        }
    }

    /** The clock goes on. */
    void tick(long now) {
        stillness.tick(now, links.heardSentAt());
        if (stillness.inDoubt() && roles.silent(now)) {
            confirmed();
        }
    }

    /** The peer speaks: whether it took over meanwhile is told by what it says in knowledge of what was said since. */
    void heard(PeerHello hello, String peer, long now) {
        if (!stillness.inDoubt()) {
            return;
        }
        if (hello.role() == Role.ACTIVE) {
            stillness.replaced();
            keeper.decided(roles.standAside(stoodStill() + ", and " + peer + " took over"), now);
        } else if (hello.aware() && stillness.mayBeActedOn(now)) {
            stillness.replaced();
            keeper.decided(roles.standAside(stoodStill() + ", and " + peer + " may be taking over"), now);
        } else if (hello.aware()) {
            confirmed();
        }
    }

    /** The firewall knows its present role. */
    void known() {
        stillness.known();
    }

    /** Whether the role may be void, and the peer has not been heard yet. */
    boolean inDoubt() {
        return stillness.inDoubt();
    }

    /** Whether the role that the firewall was told last may be acted on. */
    boolean valid(long now) {
        return stillness.valid(now);
    }

    private void confirmed() {
        stillness.confirmed();
        sayRole();
    }

    private void sayRole() {
        links.all().forEach(Session::sayRole);
    }

    private String stoodStill() {
        return "this firewall stood still for " + stillness.stoodMillis() + " ms";
    }
}
