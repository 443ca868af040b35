/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import twinwall.firewall.embedded.packet.Packet;

/**
 * Sessions to the firewall itself: like any others, but that nothing translates them and that they are marked. Used under the firewall's
 * lock only.
 */
public final class LocalSessions {

    private final Sessions sessions;

    public LocalSessions(Sessions sessions) {
        this.sessions = sessions;
    }

    /** A packet that the firewall has answered came in from that zone. Where there is no room for its session there is none. */
    public void answered(Packet packet, int zone) {
        Flow flow = sessions.find(packet);
        if (flow == null && sessions.roomForSession()) {
            begin(sessions.prepare(null, packet), packet, zone);
        } else if (flow != null && flow.is(Flow.LOCAL)) {
            int before = flow.state;
            Sessions.plain(flow, 0);
            sessions.seen(flow, 0, packet);
            if (flow.state != before) {
                sessions.moved(flow, before);
            }
        }
    }

    private void begin(Flow flow, Packet packet, int zone) {
        if (!sessions.table().isFree(flow)) {
            return;
        }
        flow.fromZone = (byte) zone;
        flow.toZone = (byte) zone;
        flow.createdSeconds = (int) (sessions.time().now() / Timeouts.SECOND);
        flow.epoch = sessions.time().epoch();
        flow.owner(sessions.time().self());
        flow.set(Flow.SESSION | Flow.LOCAL);
        sessions.add(flow);
        sessions.count(flow, 1);
        sessions.seen(flow, 0, packet);
        sessions.schedule(flow);
        sessions.report(flow);
    }
}
