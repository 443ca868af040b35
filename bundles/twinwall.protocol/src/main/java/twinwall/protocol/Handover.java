/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.List;

import twinwall.group.Role;

/**
 * A planned switchover: the active firewall waits until the peer has every table, stops forwarding, waits until the peer has confirmed
 * every change, then tells it to take over. Given up, with the firewall active as before, when one of these takes too long. Guarded by
 * its {@link Member}.
 */
final class Handover {

    /** Longest wait for the peer to confirm and to take over, each. */
    static final long PATIENCE_MILLIS = 5000;

    private enum Phase {
        NONE, WAITING, STOPPING, DRAINING, TAKING
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
        String impossible = phase == Phase.NONE ? impossible() : "A switchover is under way.";
        if (impossible != null) {
            ended(false, impossible);
            return;
        }
        phase = Phase.WAITING;
        deadline = now + PATIENCE_MILLIS;
        tick(now);
    }

    private String impossible() {
        if (member.roles().role() != Role.ACTIVE) {
            return settings.firewall() + " is not active. Ask the active firewall.";
        }
        if (member.roles().peer() == null) {
            return "Peer " + settings.peer() + " is not heard. " + settings.firewall() + " stays active.";
        }
        return null;
    }

    private boolean peerHasEverything() {
        PeerHello peer = member.roles().peer();
        return peer.role() == Role.STANDBY && peer.ready() && member.allDelivered();
    }

    /** The peer is proved ready, or will not be in time: until then the firewall forwards as before. */
    private void awaitReadiness(long now) {
        String impossible = impossible();
        if (impossible != null || !peerHasEverything() && now >= deadline) {
            phase = Phase.NONE;
            ended(false, impossible != null ? impossible : "Peer " + settings.peer() + " did not get every table within "
                    + PATIENCE_MILLIS + " ms. " + settings.firewall() + " stays active; the status names what is lacking.");
        } else if (peerHasEverything()) {
            phase = Phase.STOPPING;
            deadline = now + PATIENCE_MILLIS;
            member.flushing(true);
            member.decided(member.roles().handOver());
        }
    }

    /** The firewall has stopped forwarding: nothing changes any more. */
    void quiet(Role role, long now) {
        if (phase == Phase.STOPPING && role == Role.STANDBY) {
            phase = Phase.DRAINING;
            tick(now);
        }
    }

    void tick(long now) {
        if (phase == Phase.WAITING) {
            awaitReadiness(now);
        }
        if (member.roles().silent(now)) {
            peerGone("Peer " + settings.peer() + " is down.", now);
        }
        if (phase == Phase.NONE || phase == Phase.WAITING) {
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

    /** There is nobody left to hand over to: the firewall goes on as the active one. */
    void peerGone(String why, long now) {
        if (phase != Phase.NONE && phase != Phase.WAITING) {
            end(false, why + " " + settings.firewall() + " is active again.", now);
        }
    }

    void heard(PeerHello hello, long now) {
        if (phase == Phase.WAITING) {
            awaitReadiness(now);
        } else if (phase != Phase.NONE && hello.role() == Role.ACTIVE) {
            end(true, settings.peer() + " is active; nothing was lost.", now);
        }
    }

    private void end(boolean done, String message, long now) {
        phase = Phase.NONE;
        member.flushing(false);
        member.decided(member.roles().handOverEnded(done, now));
        ended(done, message);
    }

    private void ended(boolean done, String message) {
        events.handoverEnded(new HandoverEnd(true, done, message, List.of()));
    }
}
