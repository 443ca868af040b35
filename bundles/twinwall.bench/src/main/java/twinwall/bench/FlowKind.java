/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.bench;

/**
 * What a flow of {@link MixedLoad} sends and when: a client inside, a server outside, 10 ms there and back. Each step is a letter for who
 * sends and the time in milliseconds since the flow began.
 */
enum FlowKind {
    /** A TCP connection: handshake, two requests with their answers, reset. */
    TCP(6, 3, "c0 s10 c20 c40 s50 c120 s130 c200"),
    /** One request and its answer, as with DNS. */
    UDP_ONCE(17, Integer.MAX_VALUE, "c0 s10"),
    /** Two requests with their answers. */
    UDP_TWICE(17, 3, "c0 s10 c30 s40"),
    /** One echo and its reply. */
    ICMP(1, Integer.MAX_VALUE, "c0 s10");

    private static final int[] TCP_FLAGS = {0x02, 0x12, 0x10, 0x10, 0x10, 0x10, 0x10, 0x04};

    final int protocol;
    /** After so many packets it is due for backup in default mode. */
    final int dueAfter;
    private final boolean[] client;
    private final int[] millis;

    FlowKind(int protocol, int dueAfter, String steps) {
        this.protocol = protocol;
        this.dueAfter = dueAfter;
        String[] words = steps.split(" ");
        client = new boolean[words.length];
        millis = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            client[i] = words[i].charAt(0) == 'c';
            millis[i] = Integer.parseInt(words[i].substring(1));
        }
    }

    int packets() {
        return millis.length;
    }

    boolean fromClient(int packet) {
        return client[packet];
    }

    int millis(int packet) {
        return millis[packet];
    }

    int tcpFlags(int packet) {
        return TCP_FLAGS[packet];
    }

    /** Of 100 flows 60 are TCP, 20 and 10 are UDP, 10 are ICMP. */
    static FlowKind of(int percent) {
        return percent < 60 ? TCP : percent < 80 ? UDP_ONCE : percent < 90 ? UDP_TWICE : ICMP;
    }
}
