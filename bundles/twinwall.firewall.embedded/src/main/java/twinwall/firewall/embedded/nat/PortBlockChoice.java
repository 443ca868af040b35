/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.Ip4;
import twinwall.firewall.PortBlocks;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.session.ContestLosers;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.session.OwnShare;

/**
 * Gives each subscriber, a private address, blocks of ports of one public address: one at its first session, another one when no port of
 * those it has is free towards the destination, up to a number of extensions. A subscriber that has had no session for a time loses its
 * blocks, an extension that has had none is taken back alone. Within its blocks a port serves several destinations.
 * <p>
 * Of two firewalls that share the work each gives away blocks of its half, and ports of those only; a subscriber seen by both has blocks
 * of both. One that is alone gives away those of its own half first. A block that sessions of the peer use is not free, whether the entry
 * that grants it has come or not.
 */
final class PortBlockChoice implements AddressChoice, PortChoice {

    private static final long SECOND = 1_000_000;
    private static final int NOWHERE = -2;

    private final AddressPool pool;
    private final AddressChoice addresses;
    private final PortPicker picker;
    private final SharingSettings settings;
    private final FirewallTime time;
    private final BlockSpace space;
    private final OwnShare share;
    /** By half; one that has blocks of both is a tenant of each. */
    private final List<Tenants<PortBlocks>> tenants;
    private final PortBlockTable table;
    private final IdleBlocks idle;
    private final PoolAlarm alarm;
    private final long alarmSessions;
    private int subscribersNearEnd;

    /** Blocks on those addresses that another choice leaves to a client. */
    PortBlockChoice(AddressPool pool, PortRange ports, AddressChoice addresses, PortPicker picker, SharingSettings settings,
            ContestLosers losers, Lock lock, FirewallTime time) {
        this.pool = pool;
        this.addresses = addresses;
        this.picker = picker;
        this.settings = settings;
        this.time = time;
        share = time.share();
        space = new BlockSpace(pool.size(), ports, settings.blockPorts(), share);
        tenants = List.of(new Tenants<>(pool.size(), Integer.MAX_VALUE), new Tenants<>(pool.size(), Integer.MAX_VALUE));
        idle = new IdleBlocks(time, settings.blockTimeoutSeconds() * SECOND, space::held, this::takeBack);
        table = new PortBlockTable(pool, settings, space, tenants, idle, losers, lock, time);
        alarm = new PoolAlarm(settings.poolAlarmPercent());
        long most = (long) settings.blockPorts() * (settings.blockExtensions() + 1);
        alarmSessions = Math.max(1, most * settings.subscriberAlarmPercent() / 100);
    }

    /** Table {@value PortBlockTable#TYPE}. */
    PortBlockTable table() {
        return table;
    }

    @Override
    public int next(int client, int from) {
        int offset = known(client, from, 0);
        offset = offset == NOWHERE ? known(client, from, 1) : earlier(offset, known(client, from, 1));
        if (offset != NOWHERE) {
            return offset;
        }
        if (space.full() || !table.hasRoom()) {
            return NONE;
        }
        offset = addresses.next(client, from);
        while (offset != NONE && space.full(pool.numberAt(client, offset))) {
            offset = addresses.next(client, offset + 1);
        }
        return offset;
    }

    /** Where the client comes to the address that its blocks of that half are on; {@link #NOWHERE} when it has none that count here. */
    private int known(int client, int from, int half) {
        Tenant<PortBlocks> tenant = share.hasHalf(half) ? tenants.get(half).of(client) : null;
        if (tenant == null) {
            return NOWHERE;
        }
        int offset = pool.offset(client, tenant.address);
        return offset >= from && (tenant.slot != null || table.hasRoom()) && addresses.next(client, offset) == offset ? offset : NONE;
    }

    private static int earlier(int one, int other) {
        return other == NOWHERE || other == NONE ? one : one == NONE ? other : Math.min(one, other);
    }

    @Override
    public DropReason refusal(int client) {
        if (!table.hasRoom()) {
            return DropReason.TABLE_FULL;
        }
        return addresses.next(client, 0) == NONE ? addresses.refusal(client) : DropReason.NO_PORT_BLOCK;
    }

    @Override
    public int port(Flow flow, int publicAddress) {
        int client = (int) flow.clientLow;
        int address = pool.number(publicAddress);
        int had = 0;
        for (int half = 0; half < tenants.size(); half++) {
            Tenant<PortBlocks> tenant = share.hasHalf(half) ? tenants.get(half).find(client, address) : null;
            List<Integer> firstPorts = blocks(tenant);
            int port = pick(flow, publicAddress, firstPorts);
            if (port != PortPicker.NONE) {
                if (tenant.slot == null) {
                    grant(client, publicAddress, half, firstPorts);
                } else {
                    table.touch(tenant.slot);
                }
                return port;
            }
            had += firstPorts.size();
        }
        if (had > settings.blockExtensions() || space.full(address)) {
            return PortPicker.NONE;
        }
        return another(flow, publicAddress);
    }

    private int pick(Flow flow, int publicAddress, List<Integer> firstPorts) {
        int port = PortPicker.NONE;
        for (int i = 0; i < firstPorts.size() && port == PortPicker.NONE; i++) {
            port = picker.pick(flow, publicAddress, firstPorts.get(i), settings.blockPorts());
        }
        return port;
    }

    private List<Integer> blocks(Tenant<PortBlocks> tenant) {
        if (tenant == null) {
            return List.of();
        }
        return tenant.slot == null ? usedWithoutEntry(tenant) : tenant.slot.entry().firstPorts();
    }

    /** A port of one block more. */
    private int another(Flow flow, int publicAddress) {
        int client = (int) flow.clientLow;
        int address = pool.number(publicAddress);
        int from = Math.floorMod(AddressPool.mix(client), space.perAddress());
        int half = share.choose(space.hasFree(address, 0), space.hasFree(address, 1));
        int number = space.free(address, from, half);
        List<Integer> more = new ArrayList<>(blocks(tenants.get(half).find(client, address)));
        more.add(space.firstPort(number));
        grant(client, publicAddress, half, List.copyOf(more));
        return picker.pick(flow, publicAddress, space.firstPort(number), settings.blockPorts());
    }

    /** A takeover may find sessions whose entry had not come: the blocks they use become the subscriber's again. */
    private List<Integer> usedWithoutEntry(Tenant<PortBlocks> tenant) {
        List<Integer> firstPorts = new ArrayList<>();
        for (int number = 0; number < space.perAddress(); number++) {
            Block block = space.find(tenant.address, number);
            if (block != null && block.holder == tenant) {
                firstPorts.add(space.firstPort(number));
            }
        }
        return List.copyOf(firstPorts);
    }

    private void grant(int client, int publicAddress, int half, List<Integer> firstPorts) {
        Tenant<PortBlocks> tenant = tenants.get(half).find(client, pool.number(publicAddress));
        long created = tenant == null || tenant.slot == null ? time.now() / SECOND : tenant.slot.entry().createdSeconds();
        table.put(new PortBlocks(0, 0, new Ip4(client), half, new Ip4(publicAddress), settings.blockPorts(), firstPorts, created, 0,
                settings.blockTimeoutSeconds()));
        alarm.seen(space.held(), space.total());
    }

    @Override
    public void chosen(Flow flow) {
        addresses.chosen(flow);
    }

    @Override
    public void began(Flow flow) {
        int address = pool.number(flow.publicAddress);
        int number = space.number(flow.publicPort);
        Tenant<PortBlocks> tenant = tenants.get(half(address, number)).began((int) flow.clientLow, address);
        if (tenant.sessions == alarmSessions) {
            subscribersNearEnd++;
        }
        if (number != BlockSpace.NONE) {
            Block block = space.take(address, number);
            block.sessions++;
            if (block.holder == null) {
                block.holder = tenant;
            }
        }
        addresses.began(flow);
    }

    @Override
    public void ended(Flow flow) {
        int address = pool.number(flow.publicAddress);
        int number = space.number(flow.publicPort);
        Block block = number == BlockSpace.NONE ? null : space.find(address, number);
        if (block != null && --block.sessions == 0) {
            space.freeIfUnused(block);
            idle.add(block);
        }
        Tenant<PortBlocks> tenant = tenants.get(half(address, number)).ended((int) flow.clientLow, address);
        if (tenant.sessions == alarmSessions - 1) {
            subscribersNearEnd--;
        }
        if (tenant.sessions == 0 && tenant.slot != null) {
            table.rest(tenant.slot);
        }
        addresses.ended(flow);
    }

    /** The subscriber's entry must list the block, whatever else it lists. */
    @Override
    public boolean holds(Flow flow) {
        int address = pool.number(flow.publicAddress);
        int number = space.number(flow.publicPort);
        Block block = number == BlockSpace.NONE ? null : space.find(address, number);
        return block != null && block.granted && block.holder == tenants.get(block.half).find((int) flow.clientLow, address)
                && addresses.holds(flow);
    }

    /** A block of the peer's that nobody is known to have may only not have come yet. */
    @Override
    public boolean lost(Flow flow) {
        int number = space.number(flow.publicPort);
        if (number == BlockSpace.NONE) {
            return addresses.lost(flow);
        }
        int address = pool.number(flow.publicAddress);
        Block block = space.find(address, number);
        boolean held = block.granted && block.holder == tenants.get(block.half).find((int) flow.clientLow, address);
        return !held && (block.granted || !flow.isUnused()) || addresses.lost(flow);
    }

    /** Lets the time that has passed take effect. */
    void age() {
        table.age();
        idle.age();
    }

    private static int half(int address, int number) {
        return number == BlockSpace.NONE ? 0 : Block.half(address, number);
    }

    private void takeBack(Block block) {
        if (!share.hasHalf(block.half)) {
            // The peer gave it away, and may know of sessions that are not backed up.
            idle.add(block);
            return;
        }
        PortBlocks entry = block.holder.slot.entry();
        int first = space.firstPort(block.number);
        if (entry.firstPorts().get(0) != first) {
            table.change(entry, entry.firstPorts().stream().filter(port -> port != first).toList());
            alarm.seen(space.held(), space.total());
        }
    }

    long blocks() {
        return space.total();
    }

    int blocksHeld() {
        return space.held();
    }

    int subscribersNearEnd() {
        return subscribersNearEnd;
    }

    boolean poolAlarm() {
        return alarm.raised();
    }
}
