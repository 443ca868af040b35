/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import twinwall.group.Role;

/**
 * A planned switchover: the active firewall stops forwarding, waits until the peer has confirmed every change, then tells it to take
 * over. Given up, with the firewall active again, when that takes too long. Guarded by its {@link Member}.
 */
final class Handover {

    /** Longest wait for the peer to confirm and to take over, each. */
    static final long PATIENCE_MILLIS = 5000;

    private enum Phase {
        NONE, STOPPING, DRAINING, TAKING
    }

    private final Member member;
    private final MemberSettings settings;
    private final MemberEvents events;
    private Phase phase = Phase.NONE;
    private long deadline;

    Handover(Member member, MemberSettings settings, MemberEvents events) {
        this.member = member;
        this.settings = settings;
        this.events = events;
    }

    void begin(long now) {
        String lacking = lacking();
        if (lacking != null) {
            events.switchoverEnded(false, lacking);
            return;
        }
        phase = Phase.STOPPING;
        deadline = now + PATIENCE_MILLIS;
        member.flushing(true);
        member.decided(member.roles().handOver());
    }

    private String lacking() {
        PeerHello peer = member.roles().peer();
        if (phase != Phase.NONE) {
            return "A switchover is under way.";
        }
        if (member.roles().role() != Role.ACTIVE) {
            return settings.firewall() + " is not active. Ask the active firewall.";
        }
        if (peer == null) {
            return "Peer " + settings.peer() + " is not heard. " + settings.firewall() + " stays active.";
        }
        if (peer.role() != Role.STANDBY || !peer.ready() || !member.allDelivered()) {
            return "Peer " + settings.peer() + " does not have every table yet. " + settings.firewall() + " stays active; try again soon.";
        }
        return null;
    }

    /** The firewall has stopped forwarding: nothing changes any more. */
    void quiet(Role role, long now) {
        if (phase == Phase.STOPPING && role == Role.STANDBY) {
            phase = Phase.DRAINING;
            tick(now);
        }
    }

    void tick(long now) {
        if (phase == Phase.NONE) {
            return;
        }
        if (phase == Phase.DRAINING && member.lag() == 0 && member.allDelivered()) {
            if (member.command(FrameType.SWITCHOVER)) {
                member.roles().handedOver();
                phase = Phase.TAKING;
                deadline = now + PATIENCE_MILLIS;
            }
        }
        if (now >= deadline) {
            String failed = phase == Phase.TAKING ? "did not take over" : "did not confirm every change (" + member.lag() + " left)";
            end(false, "Peer " + settings.peer() + " " + failed + " within " + PATIENCE_MILLIS + " ms. " + settings.firewall()
                    + " is active again.", now);
        }
    }

    void heard(PeerHello hello, long now) {
        if (phase != Phase.NONE && hello.role() == Role.ACTIVE) {
            end(true, settings.peer() + " is active; nothing was lost.", now);
        }
    }

    private void end(boolean done, String message, long now) {
        phase = Phase.NONE;
        member.flushing(false);
        member.decided(member.roles().handOverEnded(done, now));
        events.switchoverEnded(done, message);
    }
}
