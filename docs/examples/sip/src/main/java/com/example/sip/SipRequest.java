/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.sip;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request of SIP (RFC 3261), as much of it as a registrar reads.
 *
 * @param method for example {@code REGISTER}
 * @param headers name in lower case to the first value
 */
record SipRequest(String method, Map<String, String> headers) {

    /** What an answer repeats. */
    private static final List<String> REPEATED = List.of("Via", "From", "To", "Call-ID", "CSeq");
    private static final Pattern ADDRESS = Pattern.compile("<?sip:([^<>;@\\s]{1,64}@[^<>;:\\s]{1,64})(:\\d+)?[;>]?.*");
    private static final Pattern CONTACT = Pattern.compile("<?(sip:[^<>\\s]{1,200})>?.*");

    /** Reads a datagram, or nothing when it is no request. */
    static Optional<SipRequest> parse(String text) {
        String[] lines = text.split("\r?\n");
        if (!lines[0].matches("[A-Z]+ sip:\\S+ SIP/2\\.0")) {
            return Optional.empty();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(lines[i].substring(0, colon).strip().toLowerCase(Locale.ROOT), lines[i].substring(colon + 1).strip());
            }
        }
        boolean whole = REPEATED.stream().allMatch(name -> headers.containsKey(name.toLowerCase(Locale.ROOT)));
        return whole ? Optional.of(new SipRequest(lines[0].substring(0, lines[0].indexOf(' ')), headers)) : Optional.empty();
    }

    /** Whom it is about: the address in To, without the scheme. */
    Optional<String> user() {
        return matched(ADDRESS, headers.get("to"));
    }

    /** The address that the phone gives for itself. */
    Optional<String> contact() {
        return matched(CONTACT, headers.getOrDefault("contact", ""));
    }

    String callId() {
        return headers.get("call-id");
    }

    /** The number in CSeq, or -1 when it is none. */
    int sequence() {
        return number(headers.get("cseq").split(" ")[0], -1);
    }

    /** For how long, or an hour when the phone does not say. */
    int expiresSeconds() {
        return number(headers.getOrDefault("expires", "3600"), 3600);
    }

    /** The answer to it: a status line such as {@code 200 OK}, what an answer repeats, and more lines. */
    String answer(String status, String... more) {
        StringBuilder answer = new StringBuilder("SIP/2.0 ").append(status).append("\r\n");
        REPEATED.forEach(name -> answer.append(name).append(": ").append(headers.get(name.toLowerCase(Locale.ROOT))).append("\r\n"));
        for (String line : more) {
            answer.append(line).append("\r\n");
        }
        return answer.append("Content-Length: 0\r\n\r\n").toString();
    }

    private static Optional<String> matched(Pattern pattern, String value) {
        Matcher matcher = pattern.matcher(value);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static int number(String text, int otherwise) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : otherwise;
    }
}
