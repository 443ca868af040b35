/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What went over a TCP connection so far, as the kernel counts it, both ways.
 *
 * @param bytes of TCP's users, here TLS
 * @param segments with and without data
 * @param headerBytes of IPv4 (RFC 791) and TCP (RFC 9293), with timestamps (RFC 7323) where they are on
 */
record LinkTraffic(long bytes, long segments, int headerBytes) {

    private static final int HEADERS = 20 + 20;
    private static final int TIMESTAMPS = 12;

    /** Of the connection to that port of this machine, from the side that connected. Needs the program ss. */
    static LinkTraffic to(int port) throws IOException, InterruptedException {
        Process ss = new ProcessBuilder("ss", "-tinH", "state", "established", "dport = :" + port).redirectErrorStream(true).start();
        String said = new String(ss.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (ss.waitFor() != 0 || said.isBlank()) {
            throw new IOException("ss shows no connection to port " + port + ": " + said.strip());
        }
        return parse(said);
    }

    static LinkTraffic parse(String said) throws IOException {
        int headers = HEADERS + (Pattern.compile("\\bts\\b").matcher(said).find() ? TIMESTAMPS : 0);
        return new LinkTraffic(number(said, "bytes_sent") + number(said, "bytes_received"),
                number(said, "segs_out") + number(said, "segs_in"), headers);
    }

    private static long number(String said, String name) throws IOException {
        Matcher found = Pattern.compile("\\b" + name + ":(\\d+)").matcher(said);
        if (!found.find()) {
            throw new IOException("ss does not tell " + name + ": " + said.strip());
        }
        return Long.parseLong(found.group(1));
    }

    LinkTraffic minus(LinkTraffic before) {
        return new LinkTraffic(bytes - before.bytes, segments - before.segments, headerBytes);
    }

    long total() {
        return bytes + segments * headerBytes;
    }
}
