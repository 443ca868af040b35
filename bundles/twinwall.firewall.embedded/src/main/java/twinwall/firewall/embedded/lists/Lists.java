/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.lists;

import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.BlacklistEntry;
import twinwall.firewall.FirewallCommand;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.embedded.Blacklist;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.FirewallSettings;
import twinwall.firewall.embedded.Part;
import twinwall.firewall.embedded.Whitelist;
import twinwall.firewall.embedded.nat64.Nat64Prefix;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.session.FirewallTime;

/** The blacklist, the whitelist that makes exceptions from it, and the detection of port scans that fills it. */
public final class Lists implements Part {

    private final BlacklistTable blacklist;
    private final WhitelistTable whitelist;
    private final ScanDetection scans;
    private final Nat64Prefix nat64;

    public Lists(FirewallSettings settings, FirewallTime time, Lock lock) {
        blacklist = new BlacklistTable(lock, time, settings.maxBlacklistEntries());
        whitelist = new WhitelistTable(lock, time, settings.lists().maxWhitelistEntries());
        scans = settings.lists().scanPorts() == 0 ? null : new ScanDetection(settings, time, blacklist);
        nat64 = settings.nat64().pool().isEmpty() ? null : Nat64Prefix.parse(settings.nat64().prefix());
    }

    /**
     * Whether the packet is to be dropped. One to an IPv4 address under the prefix of NAT64 is looked for under both addresses: the lists
     * are about hosts, and there is no other way around them. Called under the lock.
     */
    public boolean blocks(Packet packet) {
        return !blacklist.isEmpty() && isOn(blacklist, packet) && !isOn(whitelist, packet);
    }

    private boolean isOn(AddressList<?> list, Packet packet) {
        return list.matches(packet) || nat64 != null && packet.v6 && nat64.contains(packet.destinationHigh, packet.destinationLow)
                && list.matchesDestination(nat64.extract(packet.destinationHigh, packet.destinationLow), packet);
    }

    /** A packet was dropped for that reason; when it looks like a scan its source may be blocked. Called under the lock. */
    public void refused(Packet packet, DropReason reason) {
        if (scans != null && scans.counts(packet, reason) && !isOn(whitelist, packet)) {
            scans.refused(packet);
        }
    }

    /** Commands for the blacklist. */
    public Blacklist blacklist() {
        return blacklist;
    }

    /** Commands for the whitelist. */
    public Whitelist whitelist() {
        return whitelist;
    }

    /** Table {@code blacklist}. */
    public FirewallTable<BlacklistEntry> blacklistEntries() {
        return blacklist;
    }

    @Override
    public Map<String, FirewallTable<?>> tables() {
        return Map.of("blacklist", blacklist, "whitelist", whitelist);
    }

    @Override
    public List<FirewallCommand> commands() {
        return List.of(new ListCommand<>("blacklist", blacklist, true, blacklist::add),
                new ListCommand<>("whitelist", whitelist, false, (direction, address, protocol, port, origin, reason, timeout) ->
                        whitelist.add(direction, address, protocol, port, reason, timeout)));
    }

    @Override
    public void age() {
        blacklist.age();
        whitelist.age();
    }
}
