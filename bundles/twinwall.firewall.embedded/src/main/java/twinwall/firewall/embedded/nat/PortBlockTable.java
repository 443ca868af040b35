/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.PortBlocks;
import twinwall.firewall.embedded.session.Contest;
import twinwall.firewall.embedded.session.ContestLosers;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.session.Settled;
import twinwall.firewall.embedded.table.AddressKey;
import twinwall.firewall.embedded.table.EntryForm;
import twinwall.firewall.embedded.table.EntryTable;
import twinwall.firewall.embedded.table.Slot;

/**
 * Table {@code port-block}: which blocks each subscriber has. One that has a block which the peer gives to another loses that block here,
 * and its sessions in it, unless it keeps it, see {@link Contest}; its other blocks stay. What both firewalls have given to one subscriber,
 * it has.
 */
final class PortBlockTable extends EntryTable<AddressKey, PortBlocks> {

    static final String TYPE = "port-block";

    private final AddressPool pool;
    private final SharingSettings settings;
    private final BlockSpace space;
    private final List<Tenants<PortBlocks>> tenants;
    private final IdleBlocks idle;
    private final ContestLosers losers;

    PortBlockTable(AddressPool pool, SharingSettings settings, BlockSpace space, List<Tenants<PortBlocks>> tenants, IdleBlocks idle,
            ContestLosers losers, Lock lock, FirewallTime time) {
        super(TYPE, lock, time, settings.maxBlockEntries(), Ageing.IDLE, new Form(pool, settings, tenants));
        this.pool = pool;
        this.settings = settings;
        this.space = space;
        this.tenants = tenants;
        this.idle = idle;
        this.losers = losers;
    }

    @Override
    protected void check(PortBlocks entry) {
        pool.check(entry.vsys(), entry.pool(), entry.outside());
        if (!settings.portBlocks()) {
            throw new EntryRefusedException("no-port-blocks", "napt_port_blocks is false here. Set it as on the peer");
        }
        if (entry.blockPorts() != settings.blockPorts()) {
            throw new EntryRefusedException("block-size", "blocks of " + entry.blockPorts() + " ports: napt_port_block_size is "
                    + settings.blockPorts() + " here. Set it as on the peer");
        }
        if (entry.firstPorts().isEmpty() || new HashSet<>(entry.firstPorts()).size() != entry.firstPorts().size()) {
            throw new EntryRefusedException("block-list", "subscriber " + entry.subscriber() + " has no block, or one of them twice");
        }
        for (int first : entry.firstPorts()) {
            int number = space.number(first);
            if (number == BlockSpace.NONE || space.firstPort(number) != first || Block.half(address(entry), number) != entry.half()) {
                throw new EntryRefusedException("block-outside-ports", "no block of half " + entry.half() + " begins at port " + first
                        + " of " + entry.outside() + " here. Set napt_ports and napt_pool as on the peer");
            }
        }
    }

    @Override
    protected PortBlocks settled(PortBlocks entry) {
        List<Integer> blocks = new ArrayList<>();
        for (Integer first : entry.firstPorts()) {
            if (anothersKeeps(entry, first)) {
                losers.lost(Settled.BLOCK_LOST);
            } else {
                blocks.add(first);
            }
        }
        Tenant<PortBlocks> here = tenants.get(entry.half()).of(entry.subscriber().bits());
        if (here != null && here.slot != null && isOwn(here.slot)) {
            List<Integer> own = here.slot.entry().firstPorts();
            if (here.address == address(entry)) {
                own.stream().filter(first -> !blocks.contains(first)).forEach(blocks::add);
            } else {
                own.forEach(first -> losers.lost(Settled.BLOCK_LOST));
            }
        }
        if (blocks.isEmpty()) {
            throw Contest.lost();
        }
        return blocks.equals(entry.firstPorts()) ? entry : with(entry, List.copyOf(blocks));
    }

    private boolean anothersKeeps(PortBlocks entry, int first) {
        Block block = space.find(address(entry), space.number(first));
        return block != null && block.granted && isOwn(block.holder.slot)
                && Integer.compareUnsigned(block.holder.client, entry.subscriber().bits()) < 0;
    }

    /** It is another one's now. */
    private void takeFrom(Slot<PortBlocks> holder, int first) {
        boolean own = isOwn(holder);
        List<Integer> left = holder.entry().firstPorts().stream().filter(other -> other != first).toList();
        if (own && !left.isEmpty()) {
            change(holder.entry(), left);
            contested();
        } else {
            giveUp(holder);
        }
        if (own) {
            losers.lost(Settled.BLOCK_LOST);
        }
    }

    @Override
    protected void entered(Slot<PortBlocks> slot) {
        PortBlocks entry = slot.entry();
        int address = address(entry);
        Tenant<PortBlocks> tenant = tenants.get(entry.half()).entered(entry.subscriber().bits(), address, slot);
        for (int i = 0; i < entry.firstPorts().size(); i++) {
            int number = space.number(entry.firstPorts().get(i));
            Block block = space.take(address, number);
            if (block.granted && block.holder != tenant) {
                takeFrom(block.holder.slot, entry.firstPorts().get(i));
                block = space.take(address, number);
            }
            block.holder = tenant;
            if (!block.granted) {
                block.granted = true;
                if (i > 0 && block.sessions == 0) {
                    idle.add(block);
                }
            }
        }
    }

    @Override
    protected void leaving(Slot<PortBlocks> slot) {
        free(slot.entry(), List.of());
        tenants.get(slot.entry().half()).left(slot.entry().subscriber().bits(), address(slot.entry()));
    }

    /** What it keeps stays as it is. */
    @Override
    protected void replacing(Slot<PortBlocks> slot, PortBlocks by) {
        if (slot.entry().outside().equals(by.outside())) {
            free(slot.entry(), by.firstPorts());
        } else {
            leaving(slot);
        }
    }

    private void free(PortBlocks entry, List<Integer> but) {
        for (Integer first : entry.firstPorts()) {
            if (!but.contains(first)) {
                Block block = space.find(address(entry), space.number(first));
                block.granted = false;
                space.freeIfUnused(block);
            }
        }
    }

    private int address(PortBlocks entry) {
        return pool.number(entry.outside().bits());
    }

    @Override
    protected boolean endsByAgeOnly() {
        return true;
    }

    @Override
    protected boolean inUse(Slot<PortBlocks> slot) {
        return sessions(pool, tenants, slot.entry()) > 0;
    }

    private static int sessions(AddressPool pool, List<Tenants<PortBlocks>> tenants, PortBlocks entry) {
        return tenants.get(entry.half()).sessions(entry.subscriber().bits(), pool.number(entry.outside().bits()));
    }

    /** The subscriber's blocks are these from now on; the list is not copied. */
    void change(PortBlocks entry, List<Integer> firstPorts) {
        put(with(entry, firstPorts));
    }

    private PortBlocks with(PortBlocks entry, List<Integer> firstPorts) {
        return new PortBlocks(entry.vsys(), entry.pool(), entry.subscriber(), entry.half(), entry.outside(), entry.blockPorts(), firstPorts,
                entry.createdSeconds(), 0, settings.blockTimeoutSeconds());
    }

    /** Blocks are lost when they are not used; how long that may last, each firewall says itself. */
    private record Form(AddressPool pool, SharingSettings settings, List<Tenants<PortBlocks>> tenants)
            implements EntryForm<AddressKey, PortBlocks> {

        @Override
        public AddressKey key(PortBlocks entry) {
            return new AddressKey(entry.half(), entry.subscriber().bits() & 0xffffffffL, entry.vsys() << 16 | entry.pool());
        }

        @Override
        public int remainingSeconds(PortBlocks entry) {
            return settings.blockTimeoutSeconds();
        }

        @Override
        public PortBlocks withRemaining(PortBlocks entry, int seconds) {
            return new PortBlocks(entry.vsys(), entry.pool(), entry.subscriber(), entry.half(), entry.outside(), entry.blockPorts(),
                    entry.firstPorts(), entry.createdSeconds(), sessions(pool, tenants, entry), seconds);
        }
    }
}
