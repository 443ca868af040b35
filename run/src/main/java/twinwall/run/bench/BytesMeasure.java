/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * Bytes on the link for each IPv4 session put, everything included: TLS, TCP and IP headers, both ways, while sessions are set up in bulk.
 * In a network namespace of its own, whose loopback has the packet size of Ethernet, because with that of loopback there would be hardly
 * any headers.
 */
final class BytesMeasure implements Measure {

    private static final int SESSIONS = 200_000;

    @Override
    public String name() {
        return "bytes";
    }

    @Override
    public String about() {
        return "bytes on the link per IPv4 session, headers included";
    }

    @Override
    public List<Row> run(Workshop workshop) throws IOException, InterruptedException {
        if (EthernetNamespace.inside()) {
            return List.of(measure(workshop));
        }
        try {
            return List.of(new EthernetNamespace(workshop).row(name()));
        } catch (IOException e) {
            workshop.tell("no network namespace (" + e.getMessage() + "): measuring with the packet size of loopback");
            return List.of(measure(workshop).with("packetSize", "of loopback, so there are fewer headers than on Ethernet"));
        }
    }

    private Row measure(Workshop workshop) throws IOException, InterruptedException {
        int sessions = workshop.quick() ? SESSIONS / 10 : SESSIONS;
        BenchPair pair = BenchPair.plan(workshop, name()).hello(1000, 5).make(workshop);
        pair.startBoth();
        int port = listenPort(pair.b().side().folder().resolve("twinwall.link-a.cfg"));
        LinkTraffic before = LinkTraffic.to(port);
        long appliedBefore = pair.b().status().number("applied");
        Reply made = pair.a().ask("establish 0 " + sessions);
        pair.awaitInSync();
        pair.b().await("equal to A", 30, status -> status.number("sessions") == sessions);
        LinkTraffic used = LinkTraffic.to(port).minus(before);
        long applied = pair.b().status().number("applied") - appliedBefore;
        return Row.of(name(), "bytes on the link per IPv4 session put in bulk, TLS, TCP and IP, both ways",
                (double) used.total() / sessions, "bytes").against(Target.atMost(50))
                .beside("conntrackd, at least (quoted)", 87).with("sessions", sessions)
                .with("changesApplied", applied).with("packetsRefused", made.number("refused"))
                .with("tlsBytes", used.bytes()).with("segments", used.segments()).with("headerBytesPerSegment", used.headerBytes());
    }

    private static int listenPort(Path settings) throws IOException {
        Properties link = new Properties();
        try (Reader in = Files.newBufferedReader(settings)) {
            link.load(in);
        }
        return Integer.parseInt(link.getProperty("listen_port").strip());
    }
}
