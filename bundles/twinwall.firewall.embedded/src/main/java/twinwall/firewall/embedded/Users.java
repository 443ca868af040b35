/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.net.InetAddress;
import java.util.Optional;

import org.osgi.annotation.versioning.ProviderType;
import twinwall.firewall.OnlineUser;
import twinwall.firewall.OnlineUser.Method;
import twinwall.firewall.OnlineUser.Origin;
import twinwall.firewall.embedded.aaa.LoginRefusedException;

/**
 * What people and programs do with online users. A user is online at an address; rules may ask who is there. Methods may be called from any
 * thread; a login takes as long as its password hash does, a quarter of a second perhaps, and holds up no packet meanwhile.
 */
@ProviderType
public interface Users {

    /**
     * Logs a user in who says the right password. A user who is there already stays, and the idle time begins anew; another one at that
     * address is logged out.
     *
     * @param address where the user is; tries are limited per address and per user
     * @param password UTF-8, at most 72 bytes
     * @return the entry
     * @throws LoginRefusedException when it is not the right password, there were too many tries, a table is full, or this firewall does
     *     not process services now
     */
    OnlineUser login(InetAddress address, String user, byte[] password);

    /**
     * Logs out whoever is at the address. The user's sessions are refused from then on, see {@link DropReason#USER_REQUIRED}.
     *
     * @return whether anyone was
     * @throws LoginRefusedException when this firewall does not process services now
     */
    boolean logout(InetAddress address);

    /** Logs out whoever is at the address if it is that user. Otherwise as {@link #logout(InetAddress)}. */
    boolean logout(InetAddress address, String user);

    /**
     * A user is at an address; whoever calls this has proof. Of one who is there already the login time stays.
     *
     * @param securityGroup empty for none
     * @param timeoutSeconds idle time; 0 never ends
     * @return the entry
     * @throws LoginRefusedException when a table is full, or this firewall does not process services now
     */
    OnlineUser online(InetAddress address, String user, String groupPath, String securityGroup, Origin origin, Method method,
            int timeoutSeconds);

    /** Throws {@link LoginRefusedException} when this firewall does not process services now. */
    void requireActive();

    /** Logs a user out everywhere, as {@link #logout(InetAddress)}. Says at how many addresses. */
    int logout(String user);

    /** Who is at the address. */
    Optional<OnlineUser> at(InetAddress address);
}
