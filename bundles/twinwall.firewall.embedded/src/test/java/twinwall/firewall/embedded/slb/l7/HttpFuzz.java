/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb.l7;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What a real server answers and a client says: head, body, cookies; or the first bytes of a TLS connection. The first byte chooses. */
public final class HttpFuzz {

    private static final int MOST_BODY = 1 << 20;
    private static final int KINDS = 4;

    private HttpFuzz() {
    }

    /** Fails on anything but a result or a {@link MalformedResponseException}. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        switch ((input[0] & 0xff) % KINDS) {
            case 0 -> response(rest);
            case 1 -> TlsHello.read(rest, rest.length, TlsHello.CLIENT);
            case 2 -> TlsHello.read(rest, rest.length, TlsHello.SERVER);
            default -> cookies(new String(rest, StandardCharsets.ISO_8859_1));
        }
    }

    private static void response(byte[] bytes) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        try {
            ResponseHead head = ResponseHead.read(in);
            FramedBody body = FramedBody.of(head, in);
            byte[] read = body.readNBytes(MOST_BODY);
            if (body.length() >= 0 && read.length > bytes.length) {
                throw new IllegalStateException("more body than there is");
            }
        } catch (MalformedResponseException e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new IllegalStateException("refused without a reason", e);
            }
        }
    }

    private static void cookies(String headers) {
        List<String> lines = headers.lines().toList();
        ClientCookie cookie = new ClientCookie("web", false);
        cookie.value(lines);
        if (Stream.of(cookie.others(lines).split(";")).anyMatch(pair -> pair.strip().startsWith("twinwall-web="))) {
            throw new IllegalStateException("the firewall's cookie goes on to the real server");
        }
    }
}
