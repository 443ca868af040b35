/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import twinwall.run.node.PairFolder;

/**
 * Settings of a heartbeat link. It is tried again quickly, so that a healed cable is used soon.
 *
 * @param link its name
 */
record LinkFile(String link, int order, String listenAddress, int listenPort, String peerAddress, int peerPort) {

    void write(PairFolder.Side side) throws IOException {
        Path file = side.folder().resolve("twinwall.link-" + link + ".cfg");
        Files.writeString(file, """
                order = %d
                listen_address = %s
                listen_port = %d
                peer_address = %s
                peer_port = %d
                keystore = keys/%s.p12
                keystore_password_file = keys/%s.password
                peer_certificate = keys/peer.crt
                connect_timeout_ms = 1000
                reconnect_pause_ms = 100
                """.formatted(order, listenAddress, listenPort, peerAddress, peerPort, side.name(), side.name()));
    }
}
