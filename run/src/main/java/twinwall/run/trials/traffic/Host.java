/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.traffic;

/** An address and a port inside that no conversation has had before. Every other address is translated, see {@link #TRANSLATED}. */
record Host(String address, int port) {

    /** Whose addresses are translated to public ones. */
    static final String TRANSLATED = "10.1.0.0/16";

    private static final int FIRST_PORT = 1024;
    private static final int PORTS = 60_000;
    private static final int HOSTS = 200;

    /** Of the conversation with that number. */
    static Host of(long number) {
        long host = number / 2 % HOSTS + 1;
        int port = FIRST_PORT + (int) (number / 2 / HOSTS % PORTS);
        return new Host("10." + (1 + number % 2) + ".0." + host, port);
    }
}
