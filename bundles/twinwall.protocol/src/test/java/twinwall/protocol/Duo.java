/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import twinwall.group.Role;
import twinwall.link.Connection;
import twinwall.link.HeartbeatLink;
import twinwall.link.ProtocolException;

/** Two members with one table each over one perfect link, moved by hand: for tests that look at single frames. */
final class Duo {

    static final long HELLO = 100;
    final Side a;
    final Side b;
    long now = 1000;

    Duo(boolean urgent, long gatherMillis) {
        a = new Side("fw-a", "fw-b", 0, urgent, gatherMillis);
        b = new Side("fw-b", "fw-a", 1, urgent, gatherMillis);
        a.session = a.member.connected(a, 0, now);
        b.session = b.member.connected(b, 0, now);
    }

    /** Frames and work go both ways until nothing is left. */
    void settle() {
        for (int i = 0; i < 50; i++) {
            a.deliverTo(b, 100);
            b.deliverTo(a, 100);
            a.work();
            b.work();
        }
    }

    void pass(long millis) {
        for (long end = now + millis; now < end; now += 10) {
            a.member.tick(now);
            b.member.tick(now);
            settle();
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes();
    }

    /** One firewall. */
    final class Side implements Connection, MemberEvents, TableEvents, TableAccess {

        final Member member;
        final TableReplica replica;
        final Map<String, String> content = new HashMap<>();
        final List<String> verdicts = new ArrayList<>();
        final List<Role> roles = new ArrayList<>();
        Map<String, Shortfall> lost = Map.of();
        Session session;
        String closed;
        private final Applier applier;
        private long wanted;

        Side(String name, String peer, int me, boolean urgent, long gatherMillis) {
            member = new Member(new MemberSettings(name, peer, 7 + me, 45000, HELLO, 5, gatherMillis, false, 500), this, now);
            replica = new TableReplica(new TableSpec("table", 1, bytes("layout"), false, urgent), new KeyHash(1, 2), me, 0x100 + me,
                    1L << 50, 1 << 20, this);
            applier = new Applier(replica, this);
            member.add(replica);
        }

        /** The firewall itself changes its table. */
        void change(String key, String value) {
            if (value == null) {
                content.remove(key);
                replica.remove(bytes(key));
            } else {
                content.put(key, value);
                replica.put(bytes(key), bytes(value), Entry.NOTHING);
            }
        }

        /** The next frame, or null. */
        byte[] next() {
            ByteBuffer buffer = ByteBuffer.allocate(HeartbeatLink.MAX_FRAME);
            if (!session.next(buffer, now)) {
                return null;
            }
            byte[] frame = new byte[buffer.flip().remaining()];
            buffer.get(frame);
            return frame;
        }

        /** Hands over up to this many frames. */
        int deliverTo(Side other, int most) {
            int count = 0;
            for (byte[] frame = next(); frame != null; frame = next()) {
                other.receive(frame);
                if (++count == most) {
                    break;
                }
            }
            return count;
        }

        void receive(byte[] frame) {
            try {
                session.received(ByteBuffer.wrap(frame), now);
            } catch (ProtocolException e) {
                throw new AssertionError(e);
            }
        }

        /** Applies what came and reads the table where a snapshot is wanted. */
        void work() {
            apply();
            read();
        }

        void apply() {
            try {
                for (Work work = replica.take(); work != null; work = replica.take()) {
                    applier.apply(work);
                }
            } catch (IOException e) {
                replica.restoringFailed("failed");
            }
        }

        void read() {
            if (wanted != 0) {
                long id = wanted;
                wanted = 0;
                content.forEach((key, value) -> replica.snapshotPut(id, bytes(key), bytes(value), Entry.NOTHING));
                replica.snapshotRead(id);
            }
        }

        @Override
        public boolean confidential() {
            return false;
        }

        @Override
        public String remote() {
            return "peer";
        }

        @Override
        public void wake() {
            // Asked by hand.
        }

        @Override
        public void close(String reason) {
            closed = reason;
        }

        @Override
        public void roleChanged(Role from, Role to, String reason, int peerPriority) {
            roles.add(to);
        }

        @Override
        public void lost(String cause, Map<String, Shortfall> tables) {
            lost = tables;
        }

        @Override
        public void switchoverEnded(boolean done, String message) {
            verdicts.add((done ? "done: " : "not done: ") + message);
        }

        @Override
        public void peerSwitchedQuickBackup(boolean on) {
            verdicts.add("quick backup " + on);
        }

        @Override
        public void workArrived() {
            // Done by hand.
        }

        @Override
        public void snapshotWanted(long id) {
            wanted = id;
        }

        @Override
        public void snapshotRoom() {
            // Read by hand.
        }

        @Override
        public void open(int schema, byte[] layout) {
            // Any layout will do.
        }

        @Override
        public void put(byte[] key, byte[] value, byte[] soft) {
            content.put(new String(key), new String(value));
        }

        @Override
        public void remove(byte[] key) {
            content.remove(new String(key));
        }

        @Override
        public int compare(byte[] key, byte[] mine, byte[] theirs) {
            return 0;
        }

        @Override
        public void keys(Consumer<byte[]> visitor) {
            List.copyOf(content.keySet()).forEach(key -> visitor.accept(bytes(key)));
        }
    }
}
