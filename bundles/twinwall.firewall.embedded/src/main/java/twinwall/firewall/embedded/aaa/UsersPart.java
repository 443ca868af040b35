/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.aaa;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.FirewallCommand;
import twinwall.firewall.FirewallCounter;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.OnlineUser;
import twinwall.firewall.OnlineUser.Method;
import twinwall.firewall.OnlineUser.Origin;
import twinwall.firewall.embedded.Part;
import twinwall.firewall.embedded.Users;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.table.Slot;

/** Online users: the table, who may log in, and what the packet path asks. */
public final class UsersPart implements Part, Users {

    private static final long SECOND = 1_000_000;

    private final Lock lock;
    private final FirewallTime time;
    private final ActiveOnly active;
    private final UserSettings settings;
    private final OnlineUsers users;
    private final Authentication authentication;
    private final UserGate gate;
    private final RefusedLogins refused = new RefusedLogins("refused-logins", "Logins of users that were refused.");

    public UsersPart(Lock lock, FirewallTime time, UserSettings settings) {
        this.lock = lock;
        this.time = time;
        this.active = new ActiveOnly(lock, time);
        this.settings = settings;
        this.users = new OnlineUsers(lock, time, settings.maxUsers());
        this.authentication = new Authentication(settings);
        this.gate = new UserGate(users);
    }

    @Override
    public Map<String, FirewallTable<?>> tables() {
        return Map.of("aaa-user", users);
    }

    @Override
    public List<FirewallCommand> commands() {
        return List.of(new UserCommand(this));
    }

    @Override
    public List<FirewallCounter> refusals() {
        return List.of(refused.counter());
    }

    @Override
    public void age() {
        users.age();
    }

    /** What the packet path asks. */
    public UserGate gate() {
        return gate;
    }

    /** Who may log in; shared by all ways to do so. */
    public Authentication authentication() {
        return authentication;
    }

    @Override
    public OnlineUser login(InetAddress address, String user, byte[] password) {
        return refused.counted(() -> {
            long now = active.call(time::now);
            Credential credential = authentication.check(address, user, password, now);
            return online(address, user, credential.groupPath(), credential.securityGroup(), Origin.LOCAL, Method.PASSWORD,
                    settings.idleTimeoutSeconds());
        });
    }

    @Override
    public OnlineUser online(InetAddress address, String user, String groupPath, String securityGroup, Origin origin, Method method,
            int timeoutSeconds) {
        return active.call(() -> {
            Slot<OnlineUser> there = users.at(address);
            boolean same = there != null && there.entry().user().equals(user);
            if (!same && users.addresses(user) >= settings.maxAddressesPerUser()) {
                throw LoginRefusedException.full(user + " is online at " + settings.maxAddressesPerUser()
                        + " addresses, and may be at no more");
            }
            long since = same ? there.entry().loginSeconds() : time.now() / SECOND;
            OnlineUser entry = new OnlineUser(0, address, user, groupPath, securityGroup, origin, method, since, timeoutSeconds,
                    timeoutSeconds);
            if (same && equalButForTime(there.entry(), entry)) {
                users.touch(there);
                return users.current(there);
            }
            if (there == null && !users.hasRoom()) {
                throw LoginRefusedException.full("as many users as may be are online");
            }
            return users.current(users.put(entry));
        });
    }

    private static boolean equalButForTime(OnlineUser one, OnlineUser other) {
        return one.groupPath().equals(other.groupPath()) && one.securityGroup().equals(other.securityGroup())
                && one.origin() == other.origin() && one.method() == other.method() && one.timeoutSeconds() == other.timeoutSeconds();
    }

    @Override
    public boolean logout(InetAddress address) {
        return logout(address, null);
    }

    @Override
    public boolean logout(InetAddress address, String user) {
        return active.call(() -> {
            Slot<OnlineUser> there = users.at(address);
            if (there == null || user != null && !there.entry().user().equals(user)) {
                return false;
            }
            users.remove(there);
            return true;
        });
    }

    @Override
    public int logout(String user) {
        List<InetAddress> where = new ArrayList<>();
        users.each(entry -> {
            if (entry.user().equals(user)) {
                where.add(entry.address());
            }
        });
        return (int) where.stream().filter(address -> logout(address, user)).count();
    }

    @Override
    public Optional<OnlineUser> at(InetAddress address) {
        lock.lock();
        try {
            return Optional.ofNullable(users.at(address)).map(users::current);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void requireActive() {
        active.call(() -> null);
    }

    OnlineUsers table() {
        return users;
    }
}
