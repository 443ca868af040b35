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
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.session.Flow;

/**
 * Gives each subscriber, a private address, blocks of ports of one public address: one at its first session, another one when no port of
 * those it has is free towards the destination, up to a number of extensions. A subscriber that has had no session for a time loses its
 * blocks, an extension that has had none is taken back alone. Within its blocks a port serves several destinations.
 * <p>
 * A block that sessions of the peer use is not free, whether the entry that grants it has come or not.
 */
final class PortBlockChoice implements AddressChoice, PortChoice {

    private static final long SECOND = 1_000_000;

    private final AddressPool pool;
    private final AddressChoice addresses;
    private final PortPicker picker;
    private final SharingSettings settings;
    private final FirewallTime time;
    private final BlockSpace space;
    private final Tenants<PortBlocks> tenants;
    private final PortBlockTable table;
    private final IdleBlocks idle;
    private final PoolAlarm alarm;
    private final long alarmSessions;
    private int subscribersNearEnd;

    /** Blocks on those addresses that another choice leaves to a client. */
    PortBlockChoice(AddressPool pool, PortRange ports, AddressChoice addresses, PortPicker picker, SharingSettings settings, Lock lock,
            FirewallTime time) {
        this.pool = pool;
        this.addresses = addresses;
        this.picker = picker;
        this.settings = settings;
        this.time = time;
        space = new BlockSpace(pool.size(), ports, settings.blockPorts());
        tenants = new Tenants<>(pool.size(), Integer.MAX_VALUE);
        idle = new IdleBlocks(time, settings.blockTimeoutSeconds() * SECOND, space::held, this::takeBack);
        table = new PortBlockTable(pool, settings, space, tenants, idle, lock, time);
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
        Tenant<PortBlocks> tenant = tenants.of(client);
        if (tenant != null) {
            int offset = pool.offset(client, tenant.address);
            return offset >= from && (tenant.slot != null || table.hasRoom()) && addresses.next(client, offset) == offset ? offset : NONE;
        }
        if (space.full() || !table.hasRoom()) {
            return NONE;
        }
        int offset = addresses.next(client, from);
        while (offset != NONE && space.full(pool.numberAt(client, offset))) {
            offset = addresses.next(client, offset + 1);
        }
        return offset;
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
        Tenant<PortBlocks> tenant = tenants.find(client, address);
        List<Integer> firstPorts = tenant == null ? List.of()
                : tenant.slot == null ? usedWithoutEntry(tenant) : tenant.slot.entry().firstPorts();
        for (int i = 0; i < firstPorts.size(); i++) {
            int port = picker.pick(flow, publicAddress, firstPorts.get(i), settings.blockPorts());
            if (port != PortPicker.NONE) {
                if (tenant.slot == null) {
                    grant(client, publicAddress, firstPorts);
                }
                return port;
            }
        }
        if (firstPorts.size() > settings.blockExtensions() || space.full(address)) {
            return PortPicker.NONE;
        }
        int number = space.free(address, Math.floorMod(AddressPool.mix(client), space.perAddress()));
        List<Integer> more = new ArrayList<>(firstPorts);
        more.add(space.firstPort(number));
        grant(client, publicAddress, List.copyOf(more));
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

    private void grant(int client, int publicAddress, List<Integer> firstPorts) {
        Tenant<PortBlocks> tenant = tenants.find(client, pool.number(publicAddress));
        long created = tenant == null || tenant.slot == null ? time.now() / SECOND : tenant.slot.entry().createdSeconds();
        table.put(new PortBlocks(0, 0, new Ip4(client), new Ip4(publicAddress), settings.blockPorts(), firstPorts, created, 0,
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
        Tenant<PortBlocks> tenant = tenants.began((int) flow.clientLow, address);
        if (tenant.sessions == alarmSessions) {
            subscribersNearEnd++;
        }
        int number = space.number(flow.publicPort);
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
        Tenant<PortBlocks> tenant = tenants.ended((int) flow.clientLow, address);
        if (tenant.sessions == alarmSessions - 1) {
            subscribersNearEnd--;
        }
        if (tenant.sessions == 0 && tenant.slot != null) {
            table.touch(tenant.slot);
        }
        addresses.ended(flow);
    }

    /** The subscriber's entry must list the block, whatever else it lists. */
    @Override
    public boolean holds(Flow flow) {
        int address = pool.number(flow.publicAddress);
        int number = space.number(flow.publicPort);
        Block block = number == BlockSpace.NONE ? null : space.find(address, number);
        return block != null && block.granted && block.holder == tenants.find((int) flow.clientLow, address) && addresses.holds(flow);
    }

    /** Lets the time that has passed take effect. */
    void age() {
        table.age();
        idle.age();
    }

    private void takeBack(Block block) {
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
