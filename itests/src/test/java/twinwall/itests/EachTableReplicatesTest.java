/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static twinwall.itests.Eventually.eventually;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.inject.Inject;

import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;
import twinwall.firewall.BlacklistEntry;
import twinwall.firewall.Ipv4Session;
import twinwall.firewall.Ipv6Session;
import twinwall.firewall.NaptMapping;
import twinwall.firewall.SessionState;
import twinwall.firewall.embedded.port.PacketPortClient;
import twinwall.group.EntryView;
import twinwall.group.TableStatus;

/** What packets and people put into each table of one firewall comes into the other firewall's table, and goes from it. */
@RunWith(PaxExam.class)
public class EachTableReplicatesTest {

    private static final int INSIDE = 0;

    @Inject
    private BundleContext context;
    private Pair pair;
    private PacketPortClient packets;

    @Configuration
    public Option[] node() {
        return Node.options(getClass());
    }

    @Before
    public void twoFirewalls() throws Exception {
        pair = Pair.inSync(context);
        packets = pair.a().packets();
    }

    @After
    public void stop() throws Exception {
        packets.close();
        pair.close();
    }

    private void assertSameOnBoth(String table, int entries) {
        eventually(entries + " entries of " + table + " on fw-b", () -> pair.b().group().entries(table, 100, "").size() == entries);
        eventually(table + " is the same on both", () -> lasting(pair.a(), table).equals(lasting(pair.b(), table)));
    }

    /** The entries without soft facts: counters and remaining times go on after an entry was copied. */
    private static List<Map<String, Object>> lasting(Firewall firewall, String table) {
        return firewall.group().entries(table, 100, "").stream().map(EntryView::fields).map(fields -> {
            Map<String, Object> kept = new TreeMap<>(fields);
            kept.keySet().removeIf(name -> name.startsWith("remaining") || name.endsWith("Packets") || name.endsWith("Bytes"));
            return kept;
        }).toList();
    }

    @Test
    public void ipv4SessionsComeAndGo() throws Exception {
        TcpFlow first = TcpFlow.v4(40_001).open(packets);
        TcpFlow.v4(40_002).open(packets);
        assertSameOnBoth("ipv4-session", 2);
        assertEquals(List.of(SessionState.ESTABLISHED, SessionState.ESTABLISHED),
                pair.b().entries("ipv4-session", Ipv4Session.class).stream().map(Ipv4Session::state).toList());
        first.reset(packets);
        assertSameOnBoth("ipv4-session", 1);
        assertEquals(40_002, pair.b().entries("ipv4-session", Ipv4Session.class).get(0).sourcePort());
    }

    @Test
    public void ipv6SessionsComeAndGo() throws Exception {
        TcpFlow first = TcpFlow.v6(40_001).open(packets);
        TcpFlow.v6(40_002).open(packets);
        assertSameOnBoth("ipv6-session", 2);
        first.reset(packets);
        assertSameOnBoth("ipv6-session", 1);
        assertEquals(40_002, pair.b().entries("ipv6-session", Ipv6Session.class).get(0).sourcePort());
    }

    @Test
    public void naptMappingsComeAndGo() throws Exception {
        TcpFlow first = TcpFlow.translated(40_001).open(packets);
        TcpFlow second = TcpFlow.translated(40_002).open(packets);
        assertSameOnBoth("napt", 2);
        assertSameOnBoth("ipv4-session", 2);
        first.reset(packets);
        assertSameOnBoth("napt", 1);
        NaptMapping kept = pair.b().entries("napt", NaptMapping.class).get(0);
        assertEquals(second.seenAs(), kept.outside() + ":" + kept.outsidePort());
    }

    @Test
    public void manualBlacklistEntriesComeAndGoAndDynamicOnesStay() throws Exception {
        pair.a().command("blacklist", "add", "address", "2001:db8::66", "origin", "dynamic", "reason", "scan seen");
        pair.a().command("blacklist", "add", "address", "192.0.2.66", "reason", "told by phone", "timeout_s", "3600");
        assertSameOnBoth("blacklist", 1);
        pair.awaitCopied();
        List<BlacklistEntry> onB = pair.b().entries("blacklist", BlacklistEntry.class);
        assertEquals(List.of(InetAddress.getByName("192.0.2.66")), onB.stream().map(BlacklistEntry::address).toList());
        assertTrue("remaining: " + onB, onB.get(0).remainingSeconds() > 3500 && onB.get(0).remainingSeconds() <= 3600);
        assertEquals(true, pair.a().command("blacklist", "remove", "address", "192.0.2.66").get("removed"));
        assertSameOnBoth("blacklist", 0);
        assertEquals(1, pair.a().entries("blacklist", BlacklistEntry.class).size());
        assertEquals(0, pair.b().entries("blacklist", BlacklistEntry.class).size());
    }

    @Test
    public void whatACommandPutsInComesAndGoes() {
        pair.a().command("whitelist", "add", "address", "192.0.2.77");
        pair.a().command("whitelist", "add", "address", "192.0.2.78");
        assertSameOnBoth("whitelist", 2);
        pair.a().command("whitelist", "remove", "address", "192.0.2.77");
        assertSameOnBoth("whitelist", 1);
    }

    @Test
    public void tablesThatAreNotBackedUpSayWhatAFailoverCosts() {
        pair.a().command("route", "add", "prefix", "0.0.0.0/0", "interface", "outside");
        eventually("the route counts", () -> pair.a().table("routing").entries() == 1);
        for (String type : Firewall.LOCAL_TABLES) {
            TableStatus table = pair.a().table(type);
            assertTrue(type, !table.backedUp() && !table.detail().isEmpty() && table.atRisk() == table.entries());
        }
        assertEquals(0, pair.b().table("routing").entries());
        assertTrue(pair.b().status().ready());
    }

    @Test
    public void sessionsThatAreNotYetDueStayWhereTheyAre() throws Exception {
        assertTrue(TcpFlow.v4(40_001).syn(packets).forwarded());
        assertTrue(TcpFlow.translated(40_002).syn(packets).forwarded());
        assertTrue(TcpFlow.v6(40_003).syn(packets).forwarded());
        byte[] query = Frames.udp("198.51.100.7", 40_004, "192.0.2.53", 53);
        assertTrue(packets.send(0, INSIDE, query).forwarded());
        assertTrue(packets.send(0, INSIDE, Frames.echo("198.51.100.7", "192.0.2.80", 7)).forwarded());
        assertEquals(4, pair.a().entries("ipv4-session", Ipv4Session.class).size());
        // What comes later in the same table shows that the others would have been there by now.
        assertTrue(packets.send(0, INSIDE, Frames.udp("198.51.100.7", 40_005, "192.0.2.53", 53)).forwarded());
        assertTrue(packets.send(0, INSIDE, Frames.udp("198.51.100.7", 40_005, "192.0.2.53", 53)).forwarded());
        TcpFlow.v6(40_006).open(packets);
        TcpFlow.translated(40_007).open(packets);
        assertSameOnBoth("ipv4-session", 2);
        assertSameOnBoth("ipv6-session", 1);
        assertSameOnBoth("napt", 1);
        assertEquals(2, pair.b().entries("ipv4-session", Ipv4Session.class).size());
        assertEquals(1, pair.b().entries("ipv6-session", Ipv6Session.class).size());
        assertEquals(1, pair.b().entries("napt", NaptMapping.class).size());
    }
}
