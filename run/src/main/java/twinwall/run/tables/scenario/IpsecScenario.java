/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import twinwall.firewall.IpsecTunnel;
import twinwall.run.pair.PacketPath.Passage;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Tries;

/**
 * A tunnel to a branch office whose gateway knows nothing of two firewalls: it opens what FW_B seals with the key it has, sees no sequence
 * number and no initialization vector twice, and what an eavesdropper sends FW_B again is refused.
 */
public final class IpsecScenario implements Scenario {

    private static final int PACKETS = 50;
    private static final String HERE = "203.0.113.57";
    private static final String BRANCH = "198.51.100.57";
    private static final String CLIENT = "10.57.0.10";
    private static final String SERVER = "172.20.0.10";
    private static final String LOCAL = "10.57.0.0/24";
    private static final String REMOTE = "172.20.0.0/24";

    private final BranchGateway branch = new BranchGateway(BRANCH, HERE);
    private final List<byte[]> overheard = new ArrayList<>();

    @Override
    public String type() {
        return "ipsec-tunnel";
    }

    @Override
    public Class<IpsecTunnel> entry() {
        return IpsecTunnel.class;
    }

    /** The firewall that takes over promises numbers of its own, under a sender number of its own. */
    @Override
    public Set<String> moving() {
        return Set.of("sender", "number");
    }

    @Override
    public String proof() {
        return "same keys, no number used twice, no replay accepted";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("ipsec_addresses", HERE);
    }

    @Override
    public List<String> rules() {
        return List.of("allow outside->inside udp from " + REMOTE + " " + LOCAL);
    }

    private static byte[] up() {
        return Packets.udp(CLIENT, 45_000, SERVER, 5_000, "to the branch".getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] down() {
        return Packets.udp(SERVER, 5_000, CLIENT, 45_000, "from the branch".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void fill(Firewall a) throws IOException {
        a.command("ipsec", "add", "tunnel", "branch", "local", HERE, "remote", BRANCH,
                "spi_in", String.valueOf(BranchGateway.SPI_TO_FIREWALL), "spi_out", String.valueOf(BranchGateway.SPI_TO_BRANCH),
                "key_in", branch.keyToFirewall(), "key_out", branch.keyToBranch(),
                "local_prefixes", LOCAL, "remote_prefixes", REMOTE);
        for (int i = 0; i < PACKETS; i++) {
            byte[] sealed = branch.seal(down());
            Passage out = a.send(Firewall.INSIDE, up());
            Passage in = a.send(Firewall.OUTSIDE, sealed.clone());
            if (!out.forwarded() || !in.forwarded()) {
                throw new IOException("FW_A does not pass packets through the tunnel: " + out.reason() + in.reason());
            }
            overheard.add(sealed);
        }
        for (int i = 0; i < PACKETS; i++) {
            branch.open(a.send(Firewall.INSIDE, up()).frame());
        }
    }

    @Override
    public void prove(Firewall b, Tries tries) throws IOException {
        for (byte[] each : overheard) {
            Passage passage = b.send(Firewall.OUTSIDE, each);
            tries.expect(!passage.forwarded() && passage.reason().equals("ipsec-replay"), "a packet sent again is refused as a replay");
        }
        Set<String> vectors = new HashSet<>(branch.vectors());
        for (int i = 0; i < PACKETS; i++) {
            Passage passage = b.send(Firewall.INSIDE, up());
            boolean opened = passage.forwarded() && branch.open(passage.frame());
            tries.expect(opened, "the branch opens what FW_B seals");
            tries.expect(opened && vectors.add(branch.vectors().get(branch.vectors().size() - 1)), "no vector is used twice");
        }
        // What the branch sent while the failover lasted is lost, and FW_B refuses it for the same reason.
        branch.skip(1000);
        for (int i = 0; i < PACKETS; i++) {
            Passage passage = b.send(Firewall.OUTSIDE, branch.seal(down()));
            tries.expect(passage.forwarded() && passage.egress() == Firewall.INSIDE
                    && Packets.source(passage.frame()).equals(SERVER), "FW_B opens what the branch seals");
        }
    }

    @Override
    public void vary(Firewall active, Random random) throws IOException {
        int number = 1 + random.nextInt(20);
        String tunnel = "load-" + number;
        if (random.nextInt(3) == 0) {
            active.command("ipsec", "remove", "tunnel", tunnel);
            return;
        }
        if (random.nextInt(3) == 0) {
            BranchGateway other = new BranchGateway(BRANCH, HERE);
            active.command("ipsec", "add", "tunnel", tunnel, "local", HERE, "remote", BRANCH,
                    "spi_in", String.valueOf(BranchGateway.SPI_TO_FIREWALL + 2 * number),
                    "spi_out", String.valueOf(BranchGateway.SPI_TO_BRANCH + 2 * number),
                    "key_in", other.keyToFirewall(), "key_out", other.keyToBranch(),
                    "local_prefixes", "10.57." + number + ".0/24", "remote_prefixes", "172.20." + number + ".0/24");
        }
        active.send(Firewall.INSIDE, Packets.udp("10.57." + number + ".10", 45_000, "172.20." + number + ".10", 5_000, new byte[8]));
    }
}
