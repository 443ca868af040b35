/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.radius;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The latest answers, by who asked and what: an access server that has got no answer sends the same request again (RFC 2866, section 3).
 * Holds a bounded number, each for half a minute. Not safe for threads.
 */
final class Repeats {

    private static final int MOST = 4096;
    private static final long KEPT_MICROS = 30_000_000;

    private final Map<Request, Answer> answers = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Request, Answer> eldest) {
            return size() > MOST;
        }
    };

    /** One request; its authenticator is a hash of all that it says. */
    record Request(InetSocketAddress client, int identifier, long authenticatorHigh, long authenticatorLow) {
    }

    private record Answer(byte[] bytes, long sinceMicros) {
    }

    /** The answer to the same request, {@code null} when there was none lately. */
    byte[] find(Request request, long nowMicros) {
        Answer answer = answers.get(request);
        return answer == null || nowMicros - answer.sinceMicros > KEPT_MICROS ? null : answer.bytes;
    }

    void keep(Request request, byte[] answer, long nowMicros) {
        answers.remove(request);
        answers.put(request, new Answer(answer, nowMicros));
    }

    int size() {
        return answers.size();
    }
}
