/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import twinwall.firewall.FirewallTable;
import twinwall.firewall.TableWatcher;

/** A firewall with a clock in the test's hand and a record of what its tables reported. */
final class TestFirewall {

    static final String CLIENT = "10.0.0.5";
    static final String SERVER = "198.51.100.9";
    static final String PUBLIC = "203.0.113.1";

    final EmbeddedFirewall firewall;
    final List<String> reports = new ArrayList<>();
    long now = 1_700_000_000_000_000L;

    TestFirewall(String... settings) {
        // Sessions that end soon, so that tests need not count in minutes.
        Map<String, String> values = new HashMap<>(Map.of("forwarding", "true", "udp_new_timeout_s", "60", "icmp_timeout_s", "10"));
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        firewall = new EmbeddedFirewall(FirewallSettings.of(values));
        watch("v4", firewall.ipv4Sessions());
        watch("v6", firewall.ipv6Sessions());
        watch("napt", firewall.naptMappings());
        watch("blacklist", firewall.blacklistEntries());
    }

    private <E extends Record> void watch(String name, FirewallTable<E> table) {
        table.watch(new TableWatcher<E>() {
            @Override
            public void changed(E entry) {
                reports.add(name + " changed " + state(entry));
            }

            @Override
            public void removed(E last) {
                reports.add(name + " removed " + state(last));
            }
        });
    }

    private static String state(Record entry) {
        String text = entry.toString();
        for (String state : List.of("NEW", "ANSWERED", "ESTABLISHED", "CLOSING", "CLOSED")) {
            if (text.contains("=" + state)) {
                return state;
            }
        }
        return "";
    }

    Verdict inside(byte[] frame) {
        return firewall.process(now, EmbeddedFirewall.INSIDE, new Frame(frame));
    }

    Verdict outside(byte[] frame) {
        return firewall.process(now, EmbeddedFirewall.OUTSIDE, new Frame(frame));
    }

    void pass(double seconds) {
        now += (long) (seconds * 1e6);
        firewall.tick(now);
    }

    /** Reports since the last call. */
    List<String> news() {
        List<String> all = List.copyOf(reports);
        reports.clear();
        return all;
    }

    /** A TCP connection from 10.0.0.5:4000 to 198.51.100.9:80, first sequence numbers 100 and 900; the last ACK is sent when asked for. */
    TestFirewall connected() {
        inside(syn());
        outside(synAck());
        inside(ack());
        return this;
    }

    /** The same connection through NAPT with port kept or not. */
    TestFirewall connectedOutside() {
        byte[] syn = syn();
        inside(syn);
        String[] seen = Frames.source(syn).split(":");
        outside(Frames.tcp(SERVER, 80, seen[0], Integer.parseInt(seen[1]), Frames.SYN | Frames.ACK, 900, 101, 0));
        inside(ack());
        return this;
    }

    static byte[] syn() {
        return Frames.tcp(CLIENT, 4000, SERVER, 80, Frames.SYN, 100, 0, 0);
    }

    static byte[] synAck() {
        return Frames.tcp(SERVER, 80, CLIENT, 4000, Frames.SYN | Frames.ACK, 900, 101, 0);
    }

    static byte[] ack() {
        return Frames.tcp(CLIENT, 4000, SERVER, 80, Frames.ACK, 101, 901, 0);
    }

    /** A segment of that connection from the client. */
    static byte[] up(int flags, int sequence, int acknowledgement, int data) {
        return Frames.tcp(CLIENT, 4000, SERVER, 80, flags, sequence, acknowledgement, data);
    }

    /** A segment of that connection from the server. */
    static byte[] down(int flags, int sequence, int acknowledgement, int data) {
        return Frames.tcp(SERVER, 80, CLIENT, 4000, flags, sequence, acknowledgement, data);
    }

    static <E extends Record> List<E> entries(FirewallTable<E> table) {
        List<E> all = new ArrayList<>();
        try {
            table.visit(all::add);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return all;
    }

    /** Copies every entry of every table to another firewall, as a backup would. */
    void copyTo(TestFirewall peer) {
        copyTo(peer, firewall.tables().keySet());
    }

    /** Copies every table but those named: what a failover would be without their backup. */
    void copyAllBut(TestFirewall peer, String... types) {
        Set<String> copied = new TreeSet<>(firewall.tables().keySet());
        copied.removeAll(Set.of(types));
        copyTo(peer, copied);
    }

    private void copyTo(TestFirewall peer, Set<String> types) {
        for (String type : types) {
            copy(firewall.tables().get(type), peer.firewall.tables().get(type));
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Record> void copy(FirewallTable<E> from, FirewallTable<?> to) {
        entries(from).forEach(((FirewallTable<E>) to)::restore);
    }

    /** Gives a command, with arguments as name, value, name, value ... */
    Map<String, Object> command(String name, String verb, String... arguments) {
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            named.put(arguments[i], arguments[i + 1]);
        }
        return firewall.commands().stream().filter(each -> each.name().equals(name)).findAny().orElseThrow().run(verb, named);
    }

    /** What a counter has counted, by reason. */
    Map<String, Long> refusals(String counter) {
        return firewall.refusals().stream().filter(each -> each.name().equals(counter)).findAny().orElseThrow().counts();
    }

    /** The peer fails: another firewall goes on with the same time. */
    void takeOverFrom(TestFirewall failed) {
        now = failed.now;
        firewall.setForwarding(true);
    }

    /** Sends a packet and gives what comes out: {@link Frame#bytes}, and its fragments. */
    Passage send(int in, byte[] frame) {
        Frame packet = new Frame(frame.clone());
        return new Passage(firewall.process(now, in, packet), packet);
    }

    /** What became of a packet. */
    record Passage(Verdict verdict, Frame frame) {
    }
}
