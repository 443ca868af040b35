/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.aaa;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Slows down who guesses passwords. Of one address, of IPv6 one /64, and of one user some tries may fail; then each further one has to wait
 * twice as long as the one before. Known and unknown users are treated alike. A try counts as failed when it begins, so that many at
 * once gain nothing. Holds a bounded number of addresses and users, the latest. Safe for threads; time is what the caller says.
 */
public final class FailedLogins {

    private static final int MOST = 20_000;
    private static final long SECOND = 1_000_000;
    private static final long FORGET_MICROS = 900 * SECOND;
    private static final int MOST_ADDRESS_SECONDS = 300;
    /** Shorter, because whoever guesses must not lock the user out for long. */
    private static final int MOST_USER_SECONDS = 60;

    private final int free;
    private final Map<List<Byte>, Tries> addresses = new Latest<>();
    private final Map<String, Tries> users = new Latest<>();

    /** Lets that many tries fail before the next has to wait. */
    public FailedLogins(int free) {
        this.free = free;
    }

    /**
     * A try begins.
     *
     * @return 0 when it may go on, else the seconds after which another may
     */
    public synchronized int begin(InetAddress address, String user, long nowMicros) {
        Tries fromThere = addresses.computeIfAbsent(network(address), key -> new Tries());
        Tries ofUser = users.computeIfAbsent(user, key -> new Tries());
        long wait = Math.max(fromThere.waitMicros(nowMicros), ofUser.waitMicros(nowMicros));
        if (wait > 0) {
            return (int) ((wait + SECOND - 1) / SECOND);
        }
        fromThere.failed(nowMicros, free, MOST_ADDRESS_SECONDS);
        ofUser.failed(nowMicros, free, MOST_USER_SECONDS);
        return 0;
    }

    /** The try was right: the user's failures are forgotten, the address keeps those of its other tries. */
    public synchronized void succeeded(InetAddress address, String user) {
        users.remove(user);
        Tries fromThere = addresses.get(network(address));
        if (fromThere != null) {
            fromThere.takeBack();
        }
    }

    /** How many addresses and users are remembered. */
    synchronized int remembered() {
        return addresses.size() + users.size();
    }

    private static List<Byte> network(InetAddress address) {
        byte[] octets = address.getAddress();
        Byte[] network = new Byte[octets.length == 16 ? 8 : octets.length];
        Arrays.setAll(network, i -> octets[i]);
        return List.of(network);
    }

    /** The failures of one address or one user. */
    private static final class Tries {

        private int failures;
        private long last;
        private long until;

        long waitMicros(long now) {
            if (failures > 0 && now - last > FORGET_MICROS) {
                failures = 0;
                until = 0;
            }
            return failures == 0 ? 0 : until - now;
        }

        void failed(long now, int free, int mostSeconds) {
            failures++;
            last = now;
            int beyond = failures - free;
            until = beyond < 0 ? now : now + SECOND * Math.min(mostSeconds, 1L << Math.min(beyond, 20));
        }

        void takeBack() {
            failures = Math.max(0, failures - 1);
            until = 0;
        }
    }

    /** Forgets what was not looked at for longest. */
    private static final class Latest<K> extends LinkedHashMap<K, Tries> {

        private static final long serialVersionUID = 1;

        Latest() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Tries> eldest) {
            return size() > MOST;
        }
    }
}
