/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.sslvpn;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;

import twinwall.firewall.FirewallCommand;
import twinwall.firewall.FirewallCounter;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.Sha256;
import twinwall.firewall.SslVpnUser;
import twinwall.firewall.embedded.Part;
import twinwall.firewall.embedded.aaa.ActiveOnly;
import twinwall.firewall.embedded.aaa.Authentication;
import twinwall.firewall.embedded.aaa.Credential;
import twinwall.firewall.embedded.aaa.LoginRefusedException;
import twinwall.firewall.embedded.aaa.RefusedLogins;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.table.Slot;

/**
 * The sessions of the SSL VPN gateway, what each is connected to, and what the packet path asks. Methods may be called from any thread; a
 * login takes as long as its password hash does, and holds up no packet meanwhile.
 */
public final class SslVpn implements Part {

    private static final long SECOND = 1_000_000;
    private static final int TOKEN_BYTES = 32;

    private final FirewallTime time;
    private final ActiveOnly active;
    private final SslVpnSettings settings;
    private final SslVpnTable table;
    private final Authentication authentication;
    private final Channels channels = new Channels();
    private final RefusedLogins refused = new RefusedLogins("refused-ssl-vpn-logins", "Logins at the SSL VPN gateway that were refused.");
    private final SecureRandom random = new SecureRandom();

    /** Without sessions. */
    public SslVpn(SslVpnSettings settings, Lock lock, FirewallTime time, Authentication authentication) {
        this.settings = settings;
        this.time = time;
        this.active = new ActiveOnly(lock, time);
        this.authentication = authentication;
        this.table = new SslVpnTable(lock, time, settings, channels::close);
    }

    /** A session that has begun. {@code token} is said this once; nobody keeps it. */
    public record Begun(String token, SslVpnUser session) {

        /** Without the token. */
        @Override
        public String toString() {
            return session.toString();
        }
    }

    /**
     * Logs a user in.
     *
     * @throws LoginRefusedException when it is not the right password, there were too many tries, there are too many sessions, or this
     *     firewall does not process services now
     */
    public Begun login(InetAddress client, String user, byte[] password) {
        return refused.counted(() -> checked(client, user, password));
    }

    private Begun checked(InetAddress client, String user, byte[] password) {
        long now = active.call(time::now);
        Credential credential = authentication.check(client, user, password, now);
        byte[] secret = new byte[TOKEN_BYTES];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        return active.call(() -> new Begun(token, table.put(begin(client, credential, token)).entry()));
    }

    private SslVpnUser begin(InetAddress client, Credential credential, String token) {
        if (table.sessions(credential.user()) >= settings.maxSessionsPerUser()) {
            throw LoginRefusedException.full(credential.user() + " has " + settings.maxSessionsPerUser()
                    + " sessions, and may have no more. Log out of one");
        }
        if (!table.hasRoom()) {
            throw LoginRefusedException.full("as many users as may be are logged in");
        }
        List<String> roles = new ArrayList<>(List.of(credential.groupPath()));
        if (!credential.securityGroup().isEmpty()) {
            roles.add(credential.securityGroup());
        }
        return new SslVpnUser(settings.gateway(), credential.user(), random.nextLong(), Sha256.of(token), client,
                Optional.ofNullable(table.freeAddress()), time.now() / SECOND, roles, settings.idleTimeoutSeconds(),
                settings.idleTimeoutSeconds());
    }

    /** The session of a token, used now; empty when there is none. Refused as {@link #login} on a standby. */
    public Optional<SslVpnUser> session(String token) {
        return with(token, slot -> {
            table.touch(slot);
            return table.current(slot);
        });
    }

    /** Ends the session of a token. Says whether there was one. */
    public boolean logout(String token) {
        return with(token, slot -> {
            table.remove(slot);
            return true;
        }).isPresent();
    }

    /** Ends all sessions of a user, and says how many there were. */
    public int logoutUser(String user) {
        List<SslVpnKey> all = new ArrayList<>();
        table.each(entry -> {
            if (entry.user().equals(user)) {
                all.add(SslVpnKey.of(entry));
            }
        });
        return active.call(() -> {
            int ended = 0;
            for (SslVpnKey each : all) {
                Slot<SslVpnUser> slot = table.find(each);
                if (slot != null) {
                    table.remove(slot);
                    ended++;
                }
            }
            return ended;
        });
    }

    /** The session gets a channel to a service. */
    public void connect(SslVpnUser session, VpnService service) {
        active.call(() -> {
            if (table.find(SslVpnKey.of(session)) != null) {
                channels.connect(SslVpnKey.of(session), service, time.epoch());
            }
            return null;
        });
    }

    /** The services that the session has channels to. */
    public Set<VpnService> channels(SslVpnUser session) {
        return active.call(() -> channels.of(SslVpnKey.of(session), time.epoch()));
    }

    /**
     * Whether a packet is refused: it comes from or goes to an address of the network extension, and no user is logged in with it and
     * connected. Called under the firewall's lock.
     */
    public boolean refuses(Packet packet) {
        return !packet.v6 && packet.softwire == null
                && (refuses((int) packet.sourceLow, true) || refuses((int) packet.destinationLow, false));
    }

    private boolean refuses(int address, boolean source) {
        if (!table.inPool(address)) {
            return false;
        }
        Slot<SslVpnUser> slot = table.at(address);
        if (slot == null || !channels.connected(SslVpnKey.of(slot.entry()), VpnService.NETWORK_EXTENSION, time.epoch()) || tooOld(slot)) {
            return true;
        }
        if (source) {
            table.touch(slot);
        }
        return false;
    }

    private boolean tooOld(Slot<SslVpnUser> slot) {
        return time.now() / SECOND - slot.entry().loginSeconds() >= settings.maxSessionSeconds();
    }

    private <T> Optional<T> with(String token, Function<Slot<SslVpnUser>, T> use) {
        return active.call(() -> {
            Slot<SslVpnUser> slot = table.withToken(token);
            if (slot != null && tooOld(slot)) {
                table.remove(slot);
                slot = null;
            }
            return Optional.ofNullable(slot).map(use);
        });
    }

    @Override
    public Map<String, FirewallTable<?>> tables() {
        return Map.of("ssl-vpn-user", table);
    }

    @Override
    public List<FirewallCommand> commands() {
        return List.of(new SslVpnCommand(this, table));
    }

    @Override
    public List<FirewallCounter> refusals() {
        return List.of(refused.counter());
    }

    @Override
    public void age() {
        table.age();
    }
}
