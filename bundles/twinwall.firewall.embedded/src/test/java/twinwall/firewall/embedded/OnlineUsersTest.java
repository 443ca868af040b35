/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.Credentials.address;
import static twinwall.firewall.embedded.Credentials.password;
import static twinwall.firewall.embedded.Frames.ACK;
import static twinwall.firewall.embedded.TestFirewall.CLIENT;
import static twinwall.firewall.embedded.TestFirewall.SERVER;
import static twinwall.firewall.embedded.TestFirewall.down;
import static twinwall.firewall.embedded.TestFirewall.entries;
import static twinwall.firewall.embedded.TestFirewall.up;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twinwall.firewall.FirewallCommand;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.OnlineUser;
import twinwall.firewall.TableWatcher;
import twinwall.firewall.embedded.aaa.LoginRefusedException;
import twinwall.firewall.embedded.aaa.LoginRefusedException.Reason;

class OnlineUsersTest {

    private static final String RULES = "deny inside->outside tcp port 25 user group /guests;"
            + "allow inside->outside tcp port 443 user alice; allow inside->outside udp user group /staff;"
            + "allow inside->outside tcp port 80 user any;"
            + "allow inside->outside 47 user security-group finance; allow inside->outside icmp";

    @TempDir
    private Path folder;
    private TestFirewall firewall;
    private TestFirewall standby;

    @BeforeEach
    void twoFirewalls() {
        firewall = make("true");
        standby = make("false");
    }

    private TestFirewall make(String forwarding) {
        TestFirewall made = new TestFirewall("forwarding", forwarding, "rules", RULES, "aaa_credential_file",
                Credentials.in(folder).toString(), "aaa_idle_timeout_s", "600", "aaa_max_users", "3", "aaa_max_addresses_per_user", "2");
        made.pass(0);
        return made;
    }

    private static OnlineUser login(TestFirewall at, String user) {
        return at.firewall.users().login(address(CLIENT), user, password(user));
    }

    private DropReason udp() {
        return firewall.inside(Frames.udp(CLIENT, 5000, SERVER, 53, 10)).reason();
    }

    private DropReason tcp(int port) {
        return firewall.inside(Frames.tcp(CLIENT, 4000, SERVER, port, Frames.SYN, 100, 0, 0)).reason();
    }

    @SuppressWarnings("unchecked")
    private static FirewallTable<OnlineUser> table(TestFirewall of) {
        return (FirewallTable<OnlineUser>) of.firewall.tables().get("aaa-user");
    }

    @Test
    void withoutAUserOnlyWhatAsksForNoneBegins() {
        assertThat(udp()).isEqualTo(DropReason.USER_REQUIRED);
        assertThat(tcp(80)).isEqualTo(DropReason.USER_REQUIRED);
        assertThat(tcp(8080)).isEqualTo(DropReason.DENIED);
        assertThat(firewall.inside(Frames.icmp(CLIENT, SERVER, 8, 1, 1, new byte[8])).forwarded()).isTrue();
    }

    @Test
    void namesGroupsAndSecurityGroupsDecide() {
        login(firewall, "alice");
        assertThat(udp()).isNull();
        assertThat(tcp(443)).isNull();
        assertThat(tcp(80)).isNull();
        assertThat(firewall.inside(Frames.ip(CLIENT, SERVER, 47, new byte[20], -1)).forwarded()).isTrue();
        login(firewall, "bob");
        assertThat(tcp(443)).isEqualTo(DropReason.USER_REQUIRED);
        assertThat(tcp(80)).as("of the same ends as alice's, but not hers any more").isEqualTo(DropReason.USER_REQUIRED);
        assertThat(tcp(80)).isNull();
        assertThat(tcp(25)).isEqualTo(DropReason.DENIED);
    }

    @Test
    void anotherAddressHasNoPartInTheLogin() {
        login(firewall, "alice");
        assertThat(firewall.inside(Frames.udp("10.0.0.6", 5000, SERVER, 53, 1)).reason()).isEqualTo(DropReason.USER_REQUIRED);
        firewall.firewall.users().login(address("2001:db8::5"), "alice", password("alice"));
        assertThat(firewall.inside(Frames.udp("2001:db8::5", 5000, "2001:db8::9", 53, 1)).forwarded()).isTrue();
        assertThat(firewall.inside(Frames.udp("::a00:5", 5000, "2001:db8::9", 53, 1)).reason()).isEqualTo(DropReason.USER_REQUIRED);
    }

    @Test
    void aLogoutEndsTheUsersSessionsAtTheirNextPacketEitherWay() {
        login(firewall, "alice");
        firewall.connected();
        assertThat(firewall.firewall.users().logout(address(CLIENT))).isTrue();
        assertThat(firewall.firewall.users().logout(address(CLIENT))).isFalse();
        assertThat(firewall.outside(down(ACK, 901, 101, 5)).reason()).isEqualTo(DropReason.USER_REQUIRED);
        assertThat(firewall.firewall.counters().ipv4Sessions()).isZero();
        assertThat(firewall.news()).last().isEqualTo("v4 removed ESTABLISHED");
        assertThat(firewall.inside(up(ACK, 101, 901, 5)).reason()).isEqualTo(DropReason.NO_SESSION);
    }

    @Test
    void theNextUserDoesNotInheritSessions() {
        login(firewall, "alice");
        firewall.connected();
        firewall.firewall.users().logout(address(CLIENT));
        login(firewall, "bob");
        assertThat(firewall.inside(up(ACK, 101, 901, 5)).reason()).isEqualTo(DropReason.USER_REQUIRED);
    }

    @Test
    void aSecondLoginOfTheSameUserKeepsTheSessions() {
        OnlineUser first = login(firewall, "alice");
        firewall.connected();
        firewall.pass(100);
        OnlineUser second = login(firewall, "alice");
        assertThat(second.loginSeconds()).isEqualTo(first.loginSeconds());
        assertThat(firewall.inside(up(ACK, 101, 901, 5)).forwarded()).isTrue();
    }

    @Test
    void aPacketFromTheUserBeginsTheIdleTimeAnewOneToItDoesNot() {
        login(firewall, "alice");
        firewall.connected();
        firewall.pass(500);
        assertThat(firewall.inside(up(ACK, 101, 901, 5)).forwarded()).isTrue();
        firewall.pass(500);
        assertThat(firewall.outside(down(ACK, 901, 106, 5)).forwarded()).isTrue();
        assertThat(entries(table(firewall)).get(0).remainingSeconds()).isEqualTo(100);
        firewall.pass(101);
        assertThat(entries(table(firewall))).isEmpty();
        assertThat(firewall.inside(up(ACK, 106, 906, 5)).reason()).isEqualTo(DropReason.USER_REQUIRED);
    }

    @Test
    void wrongPasswordsAreRefusedAlikeAndSlowedDown() {
        for (String user : List.of("alice", "mallory", "alice", "mallory", "x".repeat(1000))) {
            assertThatThrownBy(() -> firewall.firewall.users().login(address(CLIENT), user, password("wrong")))
                    .hasMessage("the user name or the password is wrong");
        }
        assertThatThrownBy(() -> login(firewall, "alice")).isInstanceOfSatisfying(LoginRefusedException.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_TRIES);
            assertThat(refused.waitSeconds()).isEqualTo(1);
        });
        firewall.pass(1);
        assertThat(login(firewall, "alice").groupPath()).isEqualTo("/staff/sales");
        assertThat(firewall.refusals("refused-logins")).containsEntry("wrong-password", 5L).containsEntry("too-many-tries", 1L)
                .containsEntry("full", 0L);
    }

    @Test
    void theTableAndTheAddressesOfAUserAreLimited() {
        login(firewall, "alice");
        firewall.firewall.users().login(address("10.0.0.6"), "alice", password("alice"));
        assertThatThrownBy(() -> firewall.firewall.users().login(address("10.0.0.7"), "alice", password("alice")))
                .hasMessageContaining("2 addresses");
        firewall.firewall.users().login(address("10.0.0.7"), "bob", password("bob"));
        assertThatThrownBy(() -> firewall.firewall.users().login(address("10.0.0.8"), "bob", password("bob")))
                .hasMessageContaining("as many users as may be");
        assertThat(firewall.firewall.users().logout("alice")).isEqualTo(2);
        assertThat(firewall.firewall.users().login(address("10.0.0.8"), "alice", password("alice")).user()).isEqualTo("alice");
    }

    @Test
    void onlyTheActiveFirewallLogsInAndOut() {
        assertThatThrownBy(() -> login(standby, "alice")).isInstanceOf(LoginRefusedException.class).hasMessageContaining("stands by");
        login(firewall, "alice");
        firewall.copyTo(standby);
        assertThatThrownBy(() -> standby.firewall.users().logout(address(CLIENT))).hasMessageContaining("stands by");
        assertThat(entries(table(standby))).hasSize(1);
    }

    @Test
    void thePeerKnowsTheUserAndTheSessionAfterATakeover() {
        OnlineUser before = login(firewall, "alice");
        firewall.connected();
        firewall.pass(400);
        firewall.inside(up(ACK, 101, 901, 5));
        firewall.copyTo(standby);
        standby.takeOverFrom(firewall);
        assertThat(standby.inside(up(ACK, 106, 901, 5)).forwarded()).isTrue();
        assertThat(standby.inside(Frames.udp(CLIENT, 5000, SERVER, 53, 10)).forwarded()).isTrue();
        assertThat(entries(table(standby)).get(0)).isEqualTo(before);
        standby.pass(601);
        assertThat(entries(table(standby))).isEmpty();
    }

    @Test
    void withoutTheTableTheUserMustLogInAgainAtThePeer() {
        login(firewall, "alice");
        firewall.connected();
        firewall.copyAllBut(standby, "aaa-user");
        standby.takeOverFrom(firewall);
        assertThat(standby.inside(Frames.udp(CLIENT, 5000, SERVER, 53, 10)).reason()).isEqualTo(DropReason.USER_REQUIRED);
        assertThat(standby.inside(up(ACK, 101, 901, 5)).reason()).isEqualTo(DropReason.USER_REQUIRED);
        login(standby, "alice");
        assertThat(standby.inside(Frames.udp(CLIENT, 5000, SERVER, 53, 10)).forwarded()).isTrue();
    }

    @Test
    void aSessionOfThePeerThatIsOlderThanTheLoginDoesNotBelongToIt() {
        login(firewall, "alice");
        firewall.connected();
        firewall.firewall.users().logout(address(CLIENT));
        firewall.pass(120);
        login(firewall, "bob");
        firewall.copyTo(standby);
        standby.takeOverFrom(firewall);
        assertThat(standby.inside(up(ACK, 101, 901, 5)).reason()).isEqualTo(DropReason.USER_REQUIRED);
        assertThat(standby.inside(Frames.tcp(CLIENT, 4001, SERVER, 80, Frames.SYN, 100, 0, 0)).forwarded()).isTrue();
    }

    @Test
    void aLoginIsReportedOnceAndALogoutToo() {
        int[] heard = new int[2];
        table(firewall).watch(new TableWatcher<OnlineUser>() {
            @Override
            public void changed(OnlineUser entry) {
                heard[0]++;
            }

            @Override
            public void removed(OnlineUser last) {
                heard[1]++;
            }
        });
        login(firewall, "alice");
        login(firewall, "alice");
        udp();
        assertThat(heard).containsExactly(1, 0);
        firewall.firewall.users().logout("alice");
        assertThat(heard).containsExactly(1, 1);
    }

    @Test
    void theCommandLogsInListsAndLogsOutAndNeverShowsAPassword() {
        FirewallCommand aaa = firewall.firewall.commands().stream().filter(one -> one.name().equals("aaa")).findFirst().orElseThrow();
        Map<String, Object> shown = aaa.run("login", Map.of("address", CLIENT, "user", "alice", "password", "alice!"));
        assertThat(shown).containsEntry("groupPath", "/staff/sales").containsEntry("method", "password").doesNotContainKey("password");
        assertThat(aaa.run("list", Map.of()).toString()).contains("alice").contains("size=1").doesNotContain("alice!");
        assertThat(aaa.run("show", Map.of("address", CLIENT))).containsEntry("user", "alice");
        assertThat(aaa.run("logout", Map.of("address", CLIENT))).containsEntry("loggedOut", 1);
        assertThat(aaa.run("logout", Map.of("user", "alice"))).containsEntry("loggedOut", 0);
        for (Map<String, String> wrong : List.of(Map.<String, String>of(), Map.of("address", "10.0.0.0/8", "user", "a", "password", "b"),
                Map.of("address", "localhost", "user", "a", "password", "b"), Map.of("address", CLIENT, "user", "a"))) {
            assertThatThrownBy(() -> aaa.run("login", wrong)).as(wrong.toString()).isExactlyInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> aaa.run("list", Map.of("limit", "-1"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> aaa.run("ban", Map.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
