/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import twinwall.firewall.PcpMapping;
import twinwall.run.pair.PacketPath.Passage;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Tries;

/** Hosts that asked for a port by PCP: they renew it, others are refused, and strangers get in. */
public final class PcpScenario implements Scenario {

    private static final int HOSTS = 10;
    private static final int PORT = 46_000;
    private static final int SERVER_PORT = 5351;
    private static final int NOT_AUTHORIZED = 2;
    private static final String SERVER = "10.35.0.1";
    private static final String POOL = "203.0.113.35";

    private final List<Integer> publicPorts = new ArrayList<>();
    private static final int LIFETIME_SECONDS = 600;

    @Override
    public String type() {
        return "pcp";
    }

    @Override
    public Class<PcpMapping> entry() {
        return PcpMapping.class;
    }

    @Override
    public String proof() {
        return "its owner renews a mapping with the same port, another nonce is refused";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("pcp_address", SERVER, "pcp_pool", POOL, "pcp_sources", "10.35.0.0/24");
    }

    private static String host(int number) {
        return "10.35.0." + (10 + number);
    }

    /** Asks for a mapping, RFC 6887, section 11.1; gives the response, or an empty one. */
    private static ByteBuffer map(Firewall firewall, String host, int nonce, int lifetime) throws IOException {
        ByteBuffer request = ByteBuffer.allocate(60).put((byte) 2).put((byte) 1).putShort((short) 0).putInt(lifetime);
        request.put(mapped(host)).putInt(nonce).putLong(1).put((byte) Packets.UDP).put(new byte[3]).putShort((short) PORT)
                .putShort((short) 0).put(mapped("0.0.0.0"));
        Passage answer = firewall.send(Firewall.INSIDE, Packets.udp(host, 40_000, SERVER, SERVER_PORT, request.array()));
        boolean answered = answer.forwarded() && answer.egress() == Firewall.INSIDE;
        return ByteBuffer.wrap(answered ? Packets.udpData(answer.frame()) : new byte[60]).put(0, (byte) (answered ? 2 : 0));
    }

    private static byte[] mapped(String address) {
        return ByteBuffer.allocate(16).putLong(0).putInt(0xffff).put(Packets.address(address)).array();
    }

    private static int publicPort(ByteBuffer response) {
        return response.getShort(42) & 0xffff;
    }

    @Override
    public void fill(Firewall a) throws IOException {
        for (int i = 0; i < HOSTS; i++) {
            ByteBuffer response = map(a, host(i), i, LIFETIME_SECONDS);
            if (response.get(0) != 2 || response.get(3) != 0) {
                throw new IOException("the PCP request of " + host(i) + " failed with result " + response.get(3));
            }
            publicPorts.add(publicPort(response));
        }
    }

    @Override
    public void prove(Firewall b, Tries tries) throws IOException {
        for (int i = 0; i < HOSTS; i++) {
            Passage call = b.send(Firewall.OUTSIDE, Packets.udp("198.51.100.35", 9, POOL, publicPorts.get(i), new byte[20]));
            tries.expect(call.forwarded() && Packets.destination(call.frame()).equals(host(i)), "a stranger's packet to port "
                    + publicPorts.get(i) + " reaches " + host(i));
            tries.expect(map(b, host(i), i + HOSTS, LIFETIME_SECONDS).get(3) == NOT_AUTHORIZED, "another nonce is refused for " + host(i));
            ByteBuffer renewed = map(b, host(i), i, LIFETIME_SECONDS);
            tries.expect(renewed.get(0) == 2 && renewed.get(3) == 0 && publicPort(renewed) == publicPorts.get(i), host(i)
                    + " renews port " + publicPorts.get(i));
        }
    }

    @Override
    public void vary(Firewall active, Random random) throws IOException {
        int number = 100 + random.nextInt(100);
        ByteBuffer response = map(active, host(number), number, random.nextInt(3) == 0 ? 0 : LIFETIME_SECONDS + random.nextInt(100));
        if (response.get(0) != 2 || response.get(3) != 0) {
            throw new IllegalStateException("a PCP request failed with result " + response.get(3));
        }
    }
}
