/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.aaa;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.OnlineUser;
import twinwall.firewall.embedded.packet.Octets;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.table.AddressKey;
import twinwall.firewall.embedded.table.EntryForm;
import twinwall.firewall.embedded.table.EntryTable;
import twinwall.firewall.embedded.table.Slot;

/** The table {@code aaa-user}. An entry ends when its user sends nothing for a time; a packet begins that time anew. */
public final class OnlineUsers extends EntryTable<AddressKey, OnlineUser> {

    private static final int IPV4 = 4;
    private static final int IPV6 = 6;

    private final Map<String, Integer> addressesOf = new HashMap<>();
    private int size;

    public OnlineUsers(Lock lock, FirewallTime time, int most) {
        super("aaa-user", lock, time, most, Ageing.IDLE, new Form());
    }

    /** The user at an address, {@code null} when nobody is there. */
    public Slot<OnlineUser> at(boolean v6, long high, long low) {
        return size == 0 ? null : find(new AddressKey(high, low, v6 ? IPV6 : IPV4));
    }

    /** The user at an address, {@code null} when nobody is there. */
    public Slot<OnlineUser> at(InetAddress address) {
        return find(key(address));
    }

    /** At how many addresses the user is. */
    public int addresses(String user) {
        return addressesOf.getOrDefault(user, 0);
    }

    /** Whether nobody is online. */
    public boolean isEmpty() {
        return size == 0;
    }

    @Override
    protected void check(OnlineUser entry) {
        if (entry.vsys() != 0) {
            throw new EntryRefusedException("virtual-system", "virtual system " + entry.vsys() + ": this firewall has only 0");
        }
    }

    @Override
    protected void entered(Slot<OnlineUser> slot) {
        size++;
        addressesOf.merge(slot.entry().user(), 1, Integer::sum);
    }

    @Override
    protected void leaving(Slot<OnlineUser> slot) {
        size--;
        addressesOf.computeIfPresent(slot.entry().user(), (user, count) -> count == 1 ? null : count - 1);
    }

    private static AddressKey key(InetAddress address) {
        byte[] octets = address.getAddress();
        return octets.length == 16 ? new AddressKey(Octets.i64(octets, 0), Octets.i64(octets, 8), IPV6)
                : new AddressKey(0, Octets.i32(octets, 0) & 0xffffffffL, IPV4);
    }

    /** An idle entry's time begins anew at a takeover, so it is always the whole. */
    private static final class Form implements EntryForm<AddressKey, OnlineUser> {

        @Override
        public AddressKey key(OnlineUser entry) {
            return OnlineUsers.key(entry.address());
        }

        @Override
        public int remainingSeconds(OnlineUser entry) {
            return entry.timeoutSeconds() == 0 ? FOREVER : entry.timeoutSeconds();
        }

        @Override
        public OnlineUser withRemaining(OnlineUser entry, int seconds) {
            return new OnlineUser(entry.vsys(), entry.address(), entry.user(), entry.groupPath(), entry.securityGroup(), entry.origin(),
                    entry.method(), entry.loginSeconds(), entry.timeoutSeconds(), seconds);
        }
    }
}
