/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.aaa;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

import org.junit.jupiter.api.Test;
import twinwall.firewall.OnlineUser;
import twinwall.firewall.OnlineUser.Method;
import twinwall.firewall.OnlineUser.Origin;
import twinwall.record.RecordCodec;
import twinwall.testkit.MemoryFirewallTable;
import twinwall.testkit.TableHandlerContract;

class OnlineUserHandlerTest extends TableHandlerContract<OnlineUser> {

    OnlineUserHandlerTest() {
        super(OnlineUser.class, OnlineUserHandler::new);
    }

    @Override
    protected List<OnlineUser> due() {
        return List.of(user("10.0.0.5", "alice", 1_700_000_000L, 600), user("2001:db8::5", "bob", 1_700_000_000L, 600));
    }

    @Override
    protected OnlineUser changed(OnlineUser entry) {
        return new OnlineUser(entry.vsys(), entry.address(), entry.user(), "/staff/others", entry.securityGroup(), entry.origin(),
                entry.method(), entry.loginSeconds(), entry.timeoutSeconds(), entry.remainingSeconds());
    }

    @Override
    protected OnlineUser softChanged(OnlineUser entry) {
        return user(entry.address().getHostAddress(), entry.user(), entry.loginSeconds(), entry.remainingSeconds() - 1);
    }

    @Test
    void ofTwoUsersAtOneAddressTheLaterOneIsThere() {
        OnlineUserHandler handler = new OnlineUserHandler(new MemoryFirewallTable<>(OnlineUser.class));
        RecordCodec<OnlineUser> codec = RecordCodec.of(OnlineUser.class);
        OnlineUser earlier = user("10.0.0.5", "alice", 100, 600);
        OnlineUser later = user("10.0.0.5", "bob", 200, 600);
        assertThat(handler.compare(codec.key(earlier), codec.value(later), codec.value(earlier))).isPositive();
        assertThat(handler.compare(codec.key(earlier), codec.value(earlier), codec.value(later))).isNegative();
    }

    @Test
    void anEntryIsSmall() {
        RecordCodec<OnlineUser> codec = RecordCodec.of(OnlineUser.class);
        OnlineUser alice = due().get(0);
        assertThat(codec.key(alice).length + codec.value(alice).length + codec.soft(alice).length).isLessThanOrEqualTo(48);
    }

    private static OnlineUser user(String address, String name, long loginSeconds, int remainingSeconds) {
        try {
            return new OnlineUser(0, InetAddress.getByName(address), name, "/staff/sales", "finance", Origin.LOCAL, Method.PASSWORD,
                    loginSeconds, 600, remainingSeconds);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }
}
