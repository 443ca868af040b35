/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import twinwall.run.tables.Firewall;
import twinwall.run.tables.Preparation;

/** Fills one of the tables that are lost by design, with traffic that goes through FW_A. */
public record LocalPreparation(String type, Map<String, String> settings, Filling filling) implements Preparation {

    private static final int GRE = 47;
    private static final int NHRP = 0x2001;
    private static final String HUB = "10.60.0.1";
    private static final String CLIENT = "10.60.0.10";
    private static final String OUTSIDE = "198.51.100.60";

    /** What brings entries in. */
    @FunctionalInterface
    public interface Filling {

        /** Brings them in. */
        void into(Firewall a) throws IOException;
    }

    @Override
    public String pair() {
        return "local";
    }

    @Override
    public void fill(Firewall a) throws IOException {
        filling.into(a);
    }

    /** All six. */
    public static List<Preparation> all() {
        return List.of(
                new LocalPreparation("routing", Map.of(), LocalPreparation::routes),
                new LocalPreparation("bandwidth-management", Map.of("bandwidth_limit_kbps", "100000"), a -> {
                    for (int i = 0; i < 5; i++) {
                        pass(a, Packets.udp("10.60.1." + (10 + i), 46_000, OUTSIDE, 53, new byte[100]));
                    }
                }),
                new LocalPreparation("l2tp", Map.of(), a -> pass(a, Packets.udp(CLIENT, 1701, OUTSIDE, 1701, tunnelRequest()))),
                new LocalPreparation("gre", Map.of(), a -> {
                    for (int key = 1; key <= 3; key++) {
                        pass(a, Packets.ip(GRE, HUB, OUTSIDE, gre(key, 0x0800, new byte[40])));
                    }
                }),
                new LocalPreparation("dsvpn", Map.of(), a -> pass(a, Packets.ip(GRE, HUB, OUTSIDE, gre(9, NHRP, registrationReply())))),
                new LocalPreparation("content-security", Map.of("content_signatures", "a signature that nothing carries"), a ->
                        pass(a, Packets.udp(CLIENT, 46_001, OUTSIDE, 53, "harmless".getBytes(StandardCharsets.US_ASCII)))));
    }

    private static void routes(Firewall a) throws IOException {
        a.command("route", "add", "prefix", "10.0.0.0/8", "interface", "inside");
        a.command("route", "add", "prefix", "0.0.0.0/0", "interface", "outside");
    }

    private static void pass(Firewall a, byte[] frame) throws IOException {
        if (!a.send(Firewall.INSIDE, frame).forwarded()) {
            throw new IOException("FW_A does not forward a packet");
        }
    }

    /** Start-Control-Connection-Request that assigns tunnel 60 (RFC 2661, section 6.1), as far as the firewall looks. */
    private static byte[] tunnelRequest() {
        return ByteBuffer.allocate(28).putShort((short) 0xc802).putShort((short) 28).putInt(0).putInt(0)
                .putShort((short) 0x8008).putShort((short) 0).putShort((short) 0).putShort((short) 1)
                .putShort((short) 0x8008).putShort((short) 0).putShort((short) 9).putShort((short) 60).array();
    }

    private static byte[] gre(int key, int type, byte[] inner) {
        return ByteBuffer.allocate(8 + inner.length).putShort((short) 0x2000).putShort((short) type).putInt(key).put(inner).array();
    }

    /** The hub has accepted spoke 10.61.0.2 for two hours (RFC 2332, section 5.2.4); without a checksum. */
    private static byte[] registrationReply() {
        ByteBuffer reply = ByteBuffer.allocate(52);
        reply.putShort((short) 1).putShort((short) 0x0800).position(9).put((byte) 255).putShort((short) 52);
        reply.putInt(0).put((byte) 1).put((byte) 4).put((byte) 4).put((byte) 0);
        reply.put((byte) 4).put((byte) 4).putShort((short) 0).putInt(1).put(Packets.address(OUTSIDE)).put(Packets.address("10.61.0.2"))
                .put(Packets.address("10.61.0.1"));
        return reply.put((byte) 0).put((byte) 32).putShort((short) 0).putShort((short) 1400).putShort((short) 7200).putInt(0).array();
    }
}
