/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

import twinwall.firewall.Ipv4Session;

/** The other end of {@link TlsLimit}: says its port, takes one connection, and in the end says changes, nanoseconds and processor time. */
public final class TlsReceiver {

    private TlsReceiver() {
    }

    /** Runs it: the folder with the keys. */
    public static void main(String[] args) throws IOException {
        try (SSLServerSocket server = (SSLServerSocket) TlsSockets.of(Path.of(args[0])).getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setNeedClientAuth(true);
            System.out.println(server.getLocalPort());
            Duration before = cpu();
            try (SSLSocket socket = (SSLSocket) server.accept()) {
                receive(new DataInputStream(socket.getInputStream()), before);
            }
        }
    }

    private static void receive(DataInputStream in, Duration before) throws IOException {
        Map<TlsBatches.Ends, Ipv4Session> table = new HashMap<>();
        byte[] batch = new byte[1 << 16];
        long changes = 0;
        long begin = 0;
        long last = 0;
        try {
            while (true) {
                int length = in.readUnsignedShort();
                if (begin == 0) {
                    begin = System.nanoTime();
                }
                in.readFully(batch, 0, length);
                changes += TlsBatches.take(ByteBuffer.wrap(batch, 0, length), table);
                last = System.nanoTime();
            }
        } catch (EOFException end) {
            System.out.println(changes + " " + (last - begin) + " " + cpu().minus(before).toNanos());
        }
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
