/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.sslvpn;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;

import twinwall.firewall.SslVpnUser;

/**
 * Sends a request's body to one of the configured hosts and ports, and what it says back to the client: until it ends the connection, or is
 * silent for a second after it has said something.
 */
final class PortForwarding implements ChannelService {

    private static final int CONNECT_MILLIS = 3000;
    private static final int FIRST_MILLIS = 5000;
    private static final int SILENT_MILLIS = 1000;
    private static final long WHOLE_NANOS = 20_000_000_000L;
    private static final int MOST_BYTES = 1 << 20;

    private final Map<String, String> targets;

    PortForwarding(SslVpnSettings settings) {
        targets = settings.forwards();
    }

    @Override
    public VpnService kind() {
        return VpnService.PORT_FORWARDING;
    }

    @Override
    public boolean configured() {
        return !targets.isEmpty();
    }

    @Override
    public Map<String, Object> offer(SslVpnUser session) {
        return Map.of("targets", List.copyOf(targets.keySet()));
    }

    @Override
    public Reply use(SslVpnUser session, String rest, Request request) {
        String target = targets.get(rest.replaceFirst("^/", ""));
        if (target == null) {
            return Reply.error(404, "There is no such target.", "POST /port-forwarding/connect shows which there are.");
        }
        if (!"POST".equals(request.method())) {
            return Reply.error(405, "Bytes are sent with POST.", "POST them as the body.").with("Allow", "POST");
        }
        int colon = target.lastIndexOf(':');
        InetSocketAddress address = new InetSocketAddress(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)));
        try (Socket socket = new Socket()) {
            socket.connect(address, CONNECT_MILLIS);
            socket.getOutputStream().write(request.body());
            socket.shutdownOutput();
            return Reply.bytes("application/octet-stream", said(socket));
        } catch (IOException e) {
            return Reply.error(502, "The target does not answer.", "Try again later.");
        }
    }

    private static byte[] said(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        byte[] some = new byte[8192];
        long end = System.nanoTime() + WHOLE_NANOS;
        while (all.size() < MOST_BYTES && System.nanoTime() < end) {
            socket.setSoTimeout(all.size() == 0 ? FIRST_MILLIS : SILENT_MILLIS);
            try {
                int read = in.read(some, 0, Math.min(some.length, MOST_BYTES - all.size()));
                if (read < 0) {
                    break;
                }
                all.write(some, 0, read);
            } catch (SocketTimeoutException e) {
                if (all.size() == 0) {
                    throw e;
                }
                break;
            }
        }
        return all.toByteArray();
    }
}
