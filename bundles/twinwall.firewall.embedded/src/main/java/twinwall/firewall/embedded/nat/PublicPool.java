/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import twinwall.firewall.Ip4;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.session.OwnShare;

/**
 * Public addresses and ports that one kind of translation gives away. An inside address keeps one public address as long as that has a
 * free port (RFC 4787, REQ-2); a port is kept as it is when it is free and allowed. The choice depends on nothing but what is asked and
 * what is free and may be given away, so two firewalls with the same {@link OwnShare} choose the same.
 */
public final class PublicPool {

    /** Nothing is free. */
    public static final long NONE = -1;

    /** Ports tried per address: a bound on what one packet may cost in a pool that is nearly used up. */
    private static final int MOST_TRIES = 2048;
    /** The same for all addresses together. */
    private static final int MOST_TRIES_IN_ALL = 32_768;
    /** Addresses tried for one that is given as a whole. */
    private static final int MOST_ADDRESSES_TRIED = 65_536;
    private static final int EITHER = -1;

    private final AddressPool addresses;
    private final PortRange ports;
    private final OwnShare share;

    /** Whether a public address and port may be given away. */
    @FunctionalInterface
    public interface Free {

        /** Whether that one may. */
        boolean test(int address, int port);
    }

    /** The pool that a setting names; no addresses make one that is empty. Of it {@code share} may be given away. */
    public PublicPool(String setting, int[] addresses, PortRange ports, OwnShare share) {
        this.share = share;
        this.addresses = new AddressPool(setting, addresses);
        this.ports = ports;
    }

    /** Whether there are no addresses. */
    public boolean isEmpty() {
        return addresses.size() == 0;
    }

    /** How many addresses there are. */
    public int size() {
        return addresses.size();
    }

    /** Whether the address is of this pool. */
    public boolean contains(int address) {
        return addresses.number(address) >= 0;
    }

    /**
     * Looks at what an entry of the peer says of its pool.
     *
     * @throws twinwall.firewall.EntryRefusedException when it is not this one
     */
    public void check(int vsys, int pool, Ip4 outside) {
        addresses.check(vsys, pool, outside);
    }

    /** The ports of each address that may be given away now; of ICMP the identifiers. */
    public PortRange ports(int protocol) {
        return share.of(protocol == Protocols.ICMP ? PortRange.ALL : ports);
    }

    /** An address for which {@code free} says yes, asked with port 0; in the high 32 bits. {@link #NONE} when none was found. */
    public long chooseAddress(int inside, Free free) {
        int most = Math.min(addresses.size(), MOST_ADDRESSES_TRIED);
        for (int i = 0; i < most; i++) {
            int number = addresses.numberAt(inside, i);
            if (share.has(number) && free.test(addresses.at(number), 0)) {
                return (long) addresses.at(number) << 32;
            }
        }
        return NONE;
    }

    /**
     * A public address and port.
     *
     * @param inside inside address, which decides where the search for an address begins
     * @param seed decides where the search for a port begins
     * @param own the port that is kept when it can be
     * @param range the ports that may be chosen, of {@link #ports}
     * @param parity whether an even port should become an even one, an odd one an odd one (RFC 4787, REQ-4)
     * @return address in the high 32 bits and port in the low 16, or {@link #NONE}
     */
    public long choose(int inside, int seed, int own, PortRange range, boolean parity, Free free) {
        int each = 1 + Math.min(range.size(), MOST_TRIES) * (parity ? 2 : 1);
        int most = Math.min(addresses.size(), MOST_TRIES_IN_ALL / each);
        for (int i = 0; i < most; i++) {
            int address = address(inside, i);
            int port = portOf(address, seed, own, range, parity, free);
            if (port >= 0) {
                return (long) address << 32 | port;
            }
        }
        return NONE;
    }

    private int address(int inside, int attempt) {
        return addresses.at(addresses.numberAt(inside, attempt));
    }

    /** A port of one address of the pool, as {@link #choose} chooses it; -1 when none was found. */
    public static int portOf(int address, int seed, int own, PortRange range, boolean parity, Free free) {
        if (range.contains(own) && free.test(address, own)) {
            return own;
        }
        int port = parity ? search(address, seed, own & 1, range, free) : -1;
        return port >= 0 ? port : search(address, seed, EITHER, range, free);
    }

    private static int search(int address, int seed, int parity, PortRange range, Free free) {
        int size = range.size();
        if (size == 0) {
            return -1;
        }
        int start = Math.floorMod(AddressPool.mix(seed), size);
        for (int i = 0; i < Math.min(size, MOST_TRIES); i++) {
            int port = range.first() + (start + i) % size;
            if ((parity == EITHER || (port & 1) == parity) && free.test(address, port)) {
                return port;
            }
        }
        return -1;
    }
}
