/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.FirewallSettings;
import twinwall.firewall.embedded.Frame;
import twinwall.firewall.embedded.Verdict;
import twinwall.run.pair.PacketPath;

/** The embedded firewall in this process, without a group: what the two nodes run, to compare them with. */
final class LibraryFirewall implements PacketPath, SampleBlacklist.Target, AutoCloseable {

    private final EmbeddedFirewall firewall;

    private LibraryFirewall(EmbeddedFirewall firewall) {
        this.firewall = firewall;
    }

    /** One whose time is that of the packets, configured as the nodes are. */
    static LibraryFirewall forCaptures(String naptPool) {
        EmbeddedFirewall firewall = new EmbeddedFirewall(FirewallSettings.of(Map.of("clock", "packets", "napt_pool", naptPool)));
        firewall.setForwarding(true);
        return new LibraryFirewall(firewall);
    }

    @Override
    public Passage send(long timeMicros, int side, byte[] frame) {
        Frame packet = new Frame(frame);
        Verdict verdict = firewall.process(timeMicros, side, packet);
        return verdict.forwarded() ? new Passage(true, "", verdict.egress(), List.of(packet.bytes))
                : new Passage(false, verdict.reason().label(), -1, List.of());
    }

    @Override
    public void command(String command, String verb, Map<String, String> arguments) {
        firewall.commands().stream().filter(each -> each.name().equals(command)).findFirst().orElseThrow().run(verb, arguments);
    }

    /** Shows what its tables hold just now. */
    void show(SessionsAtFailure sessions) throws IOException {
        firewall.ipv4Sessions().visit(sessions::add);
        firewall.ipv6Sessions().visit(sessions::add);
        firewall.naptMappings().visit(sessions::add);
        firewall.blacklistEntries().visit(sessions::add);
    }

    @Override
    public void close() {
        // Holds nothing but memory.
    }
}
