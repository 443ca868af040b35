/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb.l7;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The head of a response: status and headers (RFC 9112, sections 4 and 5), with limits. Nothing is folded, and a line ends with LF.
 *
 * @param status 200 to 599
 * @param headers name and value, in their order
 */
record ResponseHead(int status, List<String[]> headers) {

    private static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_INTERIM = 8;

    /**
     * Reads a head; interim responses (1xx) before it are passed over.
     *
     * @throws MalformedResponseException when it is no head, or larger than the limits
     */
    static ResponseHead read(InputStream in) throws IOException {
        for (int i = 0; i <= MOST_INTERIM; i++) {
            ResponseHead head = one(in);
            if (head.status >= 200) {
                return head;
            }
        }
        throw new MalformedResponseException("more than " + MOST_INTERIM + " interim responses");
    }

    private static ResponseHead one(InputStream in) throws IOException {
        int[] left = {MOST_BYTES};
        String line = line(in, left);
        if (!line.matches("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?")) {
            throw new MalformedResponseException("no HTTP/1 status line");
        }
        List<String[]> headers = new ArrayList<>();
        for (String header = line(in, left); !header.isEmpty(); header = line(in, left)) {
            int colon = header.indexOf(':');
            if (colon < 1 || !header.substring(0, colon).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
                throw new MalformedResponseException("a header without a name");
            }
            headers.add(new String[] {header.substring(0, colon), header.substring(colon + 1).strip()});
        }
        return new ResponseHead(Integer.parseInt(line.substring(9, 12)), headers);
    }

    /** One line without its end. Other control characters are refused: they would split the head again further on. */
    static String line(InputStream in, int[] left) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0 || --left[0] < 0) {
                throw new MalformedResponseException(octet < 0 ? "it ended in its head" : "a head of more than " + MOST_BYTES + " bytes");
            }
            line.append((char) octet);
        }
        if (line.length() > 0 && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        if (line.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7f)) {
            throw new MalformedResponseException("a control character in its head");
        }
        return line.toString();
    }

    /** All values of a header, joined as RFC 9110, section 5.3 says; {@code null} when it is not there. */
    String value(String name) {
        StringBuilder all = null;
        for (String[] header : headers) {
            if (header[0].equalsIgnoreCase(name)) {
                all = all == null ? new StringBuilder(header[1]) : all.append(", ").append(header[1]);
            }
        }
        return all == null ? null : all.toString();
    }

    /** As on the wire, octet by octet. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
