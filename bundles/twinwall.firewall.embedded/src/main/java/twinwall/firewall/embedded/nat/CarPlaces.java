/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.CarPlace;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.Ip4;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.session.Contest;
import twinwall.firewall.embedded.session.ContestLosers;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.session.OwnShare;
import twinwall.firewall.embedded.session.Settled;
import twinwall.firewall.embedded.table.AddressKey;
import twinwall.firewall.embedded.table.EntryForm;
import twinwall.firewall.embedded.table.EntryTable;
import twinwall.firewall.embedded.table.Slot;

/**
 * Lets only so many private addresses share one public address. A private address takes a place at its first session, on one public
 * address, and keeps it until it has had no session for a time; when all places are taken, another one's packets are dropped. A private
 * address with a session of the peer counts, whether its entry has come or not. Of the places that two firewalls share, the one with number
 * <em>p</em> on address number <em>a</em> is the first firewall's when <em>a</em> + <em>p</em> is even.
 * <p>
 * A place is but a number: of two that have the same one, because both firewalls gave it away, the higher host gets another one. Only when
 * there is none it loses its place, and its sessions end.
 */
final class CarPlaces implements AddressChoice {

    static final String TYPE = "car-nat";

    private final AddressPool pool;
    private final SharingSettings settings;
    private final OwnShare share;
    private final ContestLosers losers;
    private final Tenants<CarPlace> tenants;
    private final List<Places> places = new ArrayList<>();
    private final Table table;
    /** Private addresses that lost their place, with the public one: sessions of theirs may still come from the peer. */
    private final Set<AddressKey> refused = new HashSet<>();

    CarPlaces(AddressPool pool, SharingSettings settings, ContestLosers losers, Lock lock, FirewallTime time) {
        this.pool = pool;
        this.settings = settings;
        this.share = time.share();
        this.losers = losers;
        tenants = new Tenants<>(pool.size(), settings.carLimit());
        for (int i = 0; i < pool.size(); i++) {
            places.add(new Places(i, settings.carLimit()));
        }
        table = new Table(lock, time);
    }

    /** Table {@value #TYPE}. */
    EntryTable<AddressKey, CarPlace> table() {
        return table;
    }

    @Override
    public int next(int client, int from) {
        Tenant<CarPlace> tenant = tenants.of(client);
        if (tenant != null) {
            int offset = pool.offset(client, tenant.address);
            return offset >= from && (tenant.slot != null || mayEnter(tenant.address)) ? offset : NONE;
        }
        if (tenants.full() || !table.hasRoom()) {
            return NONE;
        }
        for (int offset = from; offset < pool.size(); offset++) {
            int address = pool.numberAt(client, offset);
            if (tenants.hasRoom(address) && (share.isWhole() || places.get(address).hasRoom(share))) {
                return offset;
            }
        }
        return NONE;
    }

    /** One that has sessions of the peer and no entry: others' entries may have taken every place. */
    private boolean mayEnter(int address) {
        return table.hasRoom() && places.get(address).hasRoom(share);
    }

    @Override
    public DropReason refusal(int client) {
        return table.hasRoom() ? DropReason.CAR_LIMIT : DropReason.TABLE_FULL;
    }

    @Override
    public void chosen(Flow flow) {
        int client = (int) flow.clientLow;
        int address = pool.number(flow.publicAddress);
        Tenant<CarPlace> tenant = tenants.find(client, address);
        if (tenant == null || tenant.slot == null) {
            table.put(new CarPlace(0, 0, new Ip4(flow.publicAddress), new Ip4(client), places.get(address).free(share), 0,
                    settings.carTimeoutSeconds()));
        } else {
            table.touch(tenant.slot);
        }
    }

    @Override
    public void began(Flow flow) {
        tenants.began((int) flow.clientLow, pool.number(flow.publicAddress));
    }

    @Override
    public void ended(Flow flow) {
        Tenant<CarPlace> tenant = tenants.ended((int) flow.clientLow, pool.number(flow.publicAddress));
        if (tenant.sessions == 0 && tenant.slot != null) {
            table.rest(tenant.slot);
        }
    }

    /** One of the peer's that lacks its entry may only not have it yet. */
    @Override
    public boolean lost(Flow flow) {
        Tenant<CarPlace> tenant = tenants.find((int) flow.clientLow, pool.number(flow.publicAddress));
        return tenant.slot == null && (!flow.isUnused() || refused.contains(new AddressKey(tenant.client, tenant.address, 0)));
    }

    @Override
    public boolean holds(Flow flow) {
        return tenants.find((int) flow.clientLow, pool.number(flow.publicAddress)).slot != null;
    }

    /** The places on one public address: which are taken, and by whom. */
    private static final class Places {

        private final int address;
        /** By half: the places of each, in order. */
        private final List<BitSet> taken = List.of(new BitSet(), new BitSet());
        private final int[] free = new int[2];
        private final List<Slot<CarPlace>> holders = new ArrayList<>();

        Places(int address, int limit) {
            this.address = address;
            free[half(0)] = (limit + 1) / 2;
            free[half(1)] = limit / 2;
        }

        private int half(int place) {
            return OwnShare.half(address + place);
        }

        private boolean hasRoom(OwnShare share) {
            return share.hasHalf(0) && free[0] > 0 || share.hasHalf(1) && free[1] > 0;
        }

        /** The first free place that may be handed out, of the own half if there is one; there must be one. */
        private int free(OwnShare share) {
            int half = share.choose(free[0] > 0, free[1] > 0);
            return 2 * taken.get(half).nextClearBit(0) + OwnShare.half(address + half);
        }

        private Slot<CarPlace> holder(int place) {
            return place < holders.size() ? holders.get(place) : null;
        }

        private void take(int place, Slot<CarPlace> holder) {
            while (holders.size() <= place) {
                holders.add(null);
            }
            holders.set(place, holder);
            BitSet there = taken.get(half(place));
            if (there.get(place / 2) != (holder != null)) {
                there.flip(place / 2);
                free[half(place)] += holder == null ? 1 : -1;
            }
        }
    }

    /** The entries. Where the peer gives a place to another, its former holder moves, or is gone. */
    private final class Table extends EntryTable<AddressKey, CarPlace> {

        private Table(Lock lock, FirewallTime time) {
            super(TYPE, lock, time, settings.maxCarEntries(), Ageing.IDLE, new Form());
        }

        @Override
        protected void check(CarPlace entry) {
            pool.check(entry.vsys(), entry.pool(), entry.outside());
            if (entry.place() < 0 || entry.place() >= settings.carLimit()) {
                throw new EntryRefusedException("beyond-limit", "place " + entry.place() + " on " + entry.outside()
                        + ": car_nat_limit is " + settings.carLimit() + " here. Set it as on the peer");
            }
        }

        @Override
        protected CarPlace settled(CarPlace entry) {
            Places on = places.get(address(entry));
            Slot<CarPlace> holder = on.holder(entry.place());
            if (holder == null || !isOwn(holder) || Integer.compareUnsigned(holder.entry().inside().bits(), entry.inside().bits()) >= 0) {
                return entry;
            }
            Tenant<CarPlace> tenant = tenants.find(entry.inside().bits(), address(entry));
            if (tenant != null && tenant.slot != null) {
                return at(entry, tenant.slot.entry().place());
            }
            if (on.hasRoom(share)) {
                losers.moved();
                return at(entry, on.free(share));
            }
            lose(entry);
            throw Contest.lost();
        }

        private void lose(CarPlace entry) {
            if (refused.size() >= settings.maxCarEntries()) {
                refused.clear();
            }
            refused.add(key(entry));
            losers.lost(Settled.PLACE_LOST);
        }

        private AddressKey key(CarPlace entry) {
            return new AddressKey(entry.inside().bits(), address(entry), 0);
        }

        private void makeWay(Slot<CarPlace> holder, Places on) {
            boolean own = isOwn(holder);
            if (own && on.hasRoom(share)) {
                losers.moved();
                put(at(holder.entry(), on.free(share)));
                contested();
                return;
            }
            CarPlace gone = holder.entry();
            giveUp(holder);
            if (own) {
                lose(gone);
            }
        }

        private CarPlace at(CarPlace entry, int place) {
            return new CarPlace(entry.vsys(), entry.pool(), entry.outside(), entry.inside(), place, entry.sessions(),
                    entry.remainingSeconds());
        }

        @Override
        protected void entered(Slot<CarPlace> slot) {
            CarPlace entry = slot.entry();
            Places on = places.get(address(entry));
            Slot<CarPlace> former = on.holder(entry.place());
            if (former != null && former != slot) {
                makeWay(former, on);
            }
            on.take(entry.place(), slot);
            tenants.entered(entry.inside().bits(), address(entry), slot);
            refused.remove(key(entry));
        }

        @Override
        protected void leaving(Slot<CarPlace> slot) {
            CarPlace entry = slot.entry();
            places.get(address(entry)).take(entry.place(), null);
            tenants.left(entry.inside().bits(), address(entry));
        }

        @Override
        protected boolean endsByAgeOnly() {
            return true;
        }

        @Override
        protected boolean inUse(Slot<CarPlace> slot) {
            return sessions(slot.entry()) > 0;
        }
    }

    private int address(CarPlace entry) {
        return pool.number(entry.outside().bits());
    }

    private int sessions(CarPlace entry) {
        return tenants.sessions(entry.inside().bits(), address(entry));
    }

    /** A place ends when it is not used; how long that may last, each firewall says itself. */
    private final class Form implements EntryForm<AddressKey, CarPlace> {

        @Override
        public AddressKey key(CarPlace entry) {
            return new AddressKey(entry.vsys() << 16 | entry.pool(), entry.inside().bits() & 0xffffffffL, entry.outside().bits());
        }

        @Override
        public int remainingSeconds(CarPlace entry) {
            return settings.carTimeoutSeconds();
        }

        @Override
        public CarPlace withRemaining(CarPlace entry, int seconds) {
            return new CarPlace(entry.vsys(), entry.pool(), entry.outside(), entry.inside(), entry.place(), sessions(entry), seconds);
        }
    }
}
