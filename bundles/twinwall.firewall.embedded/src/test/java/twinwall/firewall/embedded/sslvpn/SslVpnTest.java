/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.sslvpn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.Credentials.address;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.google.gson.Gson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.FirewallCommand;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.Ip4;
import twinwall.firewall.Sha256;
import twinwall.firewall.SslVpnUser;
import twinwall.firewall.embedded.Credentials;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.FirewallSettings;
import twinwall.firewall.embedded.Frame;
import twinwall.firewall.embedded.Frames;
import twinwall.firewall.embedded.Verdict;

class SslVpnTest {

    private static final String SERVER = "198.51.100.9";

    @TempDir
    private Path folder;
    private final Gson gson = new Gson();
    private EmbeddedFirewall active;
    private EmbeddedFirewall standby;
    private long now = 1_700_000_000_000_000L;

    @BeforeEach
    void twoFirewalls() throws IOException {
        Files.createDirectories(folder.resolve("shared"));
        Files.writeString(folder.resolve("shared/plan.txt"), "the plan");
        active = make("true", "sslvpn_pool", "10.99.0.1-10.99.0.2");
        standby = make("false", "sslvpn_pool", "10.99.0.1-10.99.0.2");
    }

    private EmbeddedFirewall make(String forwarding, String... more) {
        Map<String, String> values = new HashMap<>(Map.of("forwarding", forwarding, "aaa_credential_file",
                Credentials.in(folder).toString(), "sslvpn_gateway", "branch", "sslvpn_folder", folder.resolve("shared").toString(),
                "sslvpn_max_sessions_per_user", "2", "sslvpn_idle_timeout_s", "600", "sslvpn_max_session_s", "3600"));
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        EmbeddedFirewall made = new EmbeddedFirewall(FirewallSettings.of(values));
        made.tick(now);
        return made;
    }

    private static GatewayPages pages(EmbeddedFirewall of) {
        return new GatewayPages(of.settings().sslVpn(), of.sslVpn());
    }

    private static Reply ask(EmbeddedFirewall at, String method, String path, String token, String body) {
        return pages(at).answer(new Request(method, path, null, token == null ? null : "Bearer " + token, address("192.0.2.7"),
                body.getBytes(UTF_8)));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> json(Reply reply) {
        return gson.fromJson(new String(reply.body(), UTF_8), Map.class);
    }

    private String login(EmbeddedFirewall at, String user) {
        Reply reply = ask(at, "POST", "/login", null, "user=" + user + "&password=" + user + "%21");
        assertThat(reply.status()).isEqualTo(200);
        return (String) json(reply).get("token");
    }

    @SuppressWarnings("unchecked")
    private static FirewallTable<SslVpnUser> table(EmbeddedFirewall of) {
        return (FirewallTable<SslVpnUser>) of.tables().get("ssl-vpn-user");
    }

    private static List<SslVpnUser> entries(EmbeddedFirewall of) {
        List<SslVpnUser> all = new ArrayList<>();
        try {
            table(of).visit(all::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private void takeOver(boolean withBackup) {
        if (withBackup) {
            entries(active).forEach(table(standby)::restore);
        }
        active.setForwarding(false);
        standby.setForwarding(true);
        standby.tick(now);
    }

    private void pass(EmbeddedFirewall at, long seconds) {
        now += seconds * 1_000_000;
        at.tick(now);
    }

    @Test
    void aLoginGivesATokenThatNobodyKeeps() {
        String token = login(active, "alice");
        assertThat(token).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(login(active, "alice"));
        SslVpnUser entry = entries(active).get(0);
        assertThat(entry.tokenHash()).isEqualTo(Sha256.of(token));
        assertThat(entry.toString()).doesNotContain(token).doesNotContain(entry.tokenHash().toString());
        assertThat(entry.roles()).containsExactly("/staff/sales", "finance");
        assertThat(entry.client()).isEqualTo(address("192.0.2.7"));
        assertThat(json(ask(active, "GET", "/status", token, ""))).containsEntry("user", "alice").doesNotContainKey("token");
    }

    @Test
    void withoutATokenOrWithAnotherNothingIsAnswered() {
        login(active, "alice");
        for (String token : new String[] {null, "", "x", Sha256.of("x").toString()}) {
            for (String path : List.of("/status", "/file-sharing/plan.txt", "/network-extension")) {
                Reply reply = ask(active, "GET", path, token, "");
                assertThat(reply.status()).as(path).isEqualTo(401);
                assertThat(reply.headers()).containsEntry("WWW-Authenticate", "Bearer");
            }
        }
    }

    @Test
    void aWrongPasswordIsRefusedAndSlowedDown() {
        for (int i = 0; i < 5; i++) {
            assertThat(ask(active, "POST", "/login", null, "user=alice&password=wrong").status()).isEqualTo(401);
        }
        Reply slowed = ask(active, "POST", "/login", null, "user=alice&password=alice%21");
        assertThat(slowed.status()).isEqualTo(429);
        assertThat(slowed.headers()).containsEntry("Retry-After", "1");
        assertThatThrownBy(() -> active.users().login(address("192.0.2.7"), "bob", "bob!".getBytes(UTF_8)))
                .as("all ways to log in share the limits").hasMessageContaining("too many failed logins");
        assertThat(active.refusals().stream().filter(each -> each.name().equals("refused-ssl-vpn-logins")).findAny().orElseThrow().counts())
                .containsEntry("wrong-password", 5L).containsEntry("too-many-tries", 1L).containsEntry("standby", 0L);
    }

    @Test
    void whatIsNoLoginIsRefused() {
        for (String body : List.of("", "user=alice", "password=x", "user=%zz&password=x", "a&".repeat(100))) {
            assertThat(ask(active, "POST", "/login", null, body).status()).as(body).isEqualTo(400);
        }
        assertThat(ask(active, "POST", "/login", null, "gateway=other&user=alice&password=alice%21").status()).isEqualTo(404);
        assertThat(ask(active, "GET", "/login", null, "").status()).isEqualTo(405);
        assertThat(ask(active, "GET", "/../etc/passwd", null, "").status()).isEqualTo(404);
    }

    @Test
    void sessionsPerUserAreLimitedAndALogoutMakesRoom() {
        String first = login(active, "alice");
        login(active, "alice");
        assertThat(ask(active, "POST", "/login", null, "user=alice&password=alice%21").status()).isEqualTo(503);
        assertThat(ask(active, "POST", "/logout", first, "").status()).isEqualTo(200);
        assertThat(ask(active, "GET", "/status", first, "").status()).isEqualTo(401);
        login(active, "alice");
    }

    @Test
    void anUnusedSessionEndsAndEvenAUsedOneNotLater() {
        String unused = login(active, "alice");
        String used = login(active, "bob");
        for (int i = 0; i < 11; i++) {
            pass(active, 300);
            assertThat(ask(active, "GET", "/status", used, "").status()).isEqualTo(200);
        }
        assertThat(ask(active, "GET", "/status", unused, "").status()).isEqualTo(401);
        pass(active, 300);
        assertThat(ask(active, "GET", "/status", used, "").status()).isEqualTo(401);
        assertThat(entries(active)).isEmpty();
    }

    @Test
    void aServiceNeedsAChannel() {
        String token = login(active, "alice");
        Reply refused = ask(active, "GET", "/file-sharing/plan.txt", token, "");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(json(refused)).containsEntry("reconnect", "file-sharing");
        assertThat(ask(active, "POST", "/file-sharing/connect", token, "").status()).isEqualTo(200);
        assertThat(new String(ask(active, "GET", "/file-sharing/plan.txt", token, "").body(), UTF_8)).isEqualTo("the plan");
        assertThat(ask(active, "GET", "/file-sharing/plan.txt", login(active, "bob"), "").status()).as("a channel is one session's")
                .isEqualTo(409);
    }

    @Test
    void whatIsNotConfiguredIsNotThere() {
        String token = login(active, "alice");
        assertThat(ask(active, "POST", "/web-proxy/connect", token, "").status()).isEqualTo(404);
        assertThat(ask(active, "POST", "/port-forwarding/connect", token, "").status()).isEqualTo(404);
        assertThat(json(ask(active, "GET", "/status", token, "")).get("services"))
                .isEqualTo(List.of("file-sharing", "network-extension"));
    }

    @Test
    void thePeerKnowsTheTokenAndAsksToConnectAgain() {
        String token = login(active, "alice");
        ask(active, "POST", "/file-sharing/connect", token, "");
        ask(active, "POST", "/network-extension/connect", token, "");
        assertThat(ask(standby, "GET", "/status", token, "").status()).as("a standby answers nobody").isEqualTo(503);
        takeOver(true);
        Reply status = ask(standby, "GET", "/status", token, "");
        assertThat(status.status()).isEqualTo(200);
        assertThat(json(status)).containsEntry("connected", List.of()).containsEntry("address", "10.99.0.1");
        for (String service : List.of("file-sharing", "network-extension")) {
            Reply refused = ask(standby, "GET", "/" + service, token, "");
            assertThat(refused.status()).isEqualTo(409);
            assertThat(json(refused)).containsEntry("reconnect", service);
            assertThat(ask(standby, "POST", "/" + service + "/connect", token, "").status()).isEqualTo(200);
            assertThat(ask(standby, "GET", "/" + service, token, "").status()).isEqualTo(200);
        }
        assertThat(ask(active, "GET", "/status", token, "").status()).isEqualTo(503);
    }

    @Test
    void withoutTheTableTheTokenIsWorthNothing() {
        String token = login(active, "alice");
        takeOver(false);
        assertThat(ask(standby, "GET", "/status", token, "").status()).isEqualTo(401);
        assertThat(ask(standby, "POST", "/file-sharing/connect", token, "").status()).isEqualTo(401);
    }

    @Test
    void aFirewallThatTakesOverAgainHasNoOldChannels() {
        String token = login(active, "alice");
        ask(active, "POST", "/file-sharing/connect", token, "");
        active.setForwarding(false);
        active.setForwarding(true);
        assertThat(ask(active, "GET", "/file-sharing/plan.txt", token, "").status()).isEqualTo(409);
    }

    private DropReason packet(EmbeddedFirewall at, String from, String to) {
        Verdict verdict = at.process(now, EmbeddedFirewall.INSIDE, new Frame(Frames.udp(from, 5000, to, 53, 10)));
        return verdict.reason();
    }

    @Test
    void packetsOfAnAssignedAddressPassOnlyWhileItsUserIsConnected() {
        assertThat(packet(active, "10.99.0.1", SERVER)).isEqualTo(DropReason.VPN_NOT_CONNECTED);
        String token = login(active, "alice");
        assertThat(packet(active, "10.99.0.1", SERVER)).isEqualTo(DropReason.VPN_NOT_CONNECTED);
        assertThat(json(ask(active, "POST", "/network-extension/connect", token, ""))).containsEntry("address", "10.99.0.1");
        assertThat(packet(active, "10.99.0.1", SERVER)).isNull();
        assertThat(packet(active, "10.0.0.5", "10.99.0.1")).isNull();
        assertThat(packet(active, "10.0.0.5", "10.99.0.2")).isEqualTo(DropReason.VPN_NOT_CONNECTED);
        assertThat(packet(active, "10.99.0.3", SERVER)).as("not in the pool").isNull();
        takeOver(true);
        assertThat(packet(standby, "10.99.0.1", SERVER)).isEqualTo(DropReason.VPN_NOT_CONNECTED);
        ask(standby, "POST", "/network-extension/connect", token, "");
        assertThat(packet(standby, "10.99.0.1", SERVER)).isNull();
        ask(standby, "POST", "/logout", token, "");
        assertThat(packet(standby, "10.99.0.1", SERVER)).isEqualTo(DropReason.VPN_NOT_CONNECTED);
    }

    @Test
    void noAddressIsAssignedTwiceAndOneWhoHasNoneIsToldSo() {
        login(active, "alice");
        login(active, "alice");
        String third = login(active, "bob");
        assertThat(entries(active)).extracting(SslVpnUser::assigned).containsExactlyInAnyOrder(Optional.of(new Ip4(0x0a630001)),
                Optional.of(new Ip4(0x0a630002)), Optional.empty());
        ask(active, "POST", "/network-extension/connect", third, "");
        assertThat(ask(active, "GET", "/network-extension", third, "").status()).isEqualTo(503);
    }

    @Test
    void entriesThatDoNotFitTheConfigurationAreRefused() {
        login(active, "alice");
        SslVpnUser entry = entries(active).get(0);
        EmbeddedFirewall other = make("false", "sslvpn_gateway", "another");
        assertThatThrownBy(() -> table(other).restore(entry)).isInstanceOfSatisfying(EntryRefusedException.class,
                refused -> assertThat(refused.reason()).isEqualTo("unknown-gateway"));
        EmbeddedFirewall poolless = make("false");
        assertThatThrownBy(() -> table(poolless).restore(entry)).isInstanceOfSatisfying(EntryRefusedException.class,
                refused -> assertThat(refused.reason()).isEqualTo("address-outside-pool"));
    }

    @Test
    void theCommandShowsSessionsWithoutTheirHashesAndEndsThem() {
        String token = login(active, "alice");
        FirewallCommand command = active.commands().stream().filter(one -> one.name().equals("ssl-vpn")).findFirst().orElseThrow();
        assertThat(command.run("list", Map.of()).toString()).contains("alice").doesNotContain(Sha256.of(token).toString());
        assertThat(command.run("logout", Map.of("user", "alice"))).containsEntry("loggedOut", 1);
        assertThat(ask(active, "GET", "/status", token, "").status()).isEqualTo(401);
    }
}
