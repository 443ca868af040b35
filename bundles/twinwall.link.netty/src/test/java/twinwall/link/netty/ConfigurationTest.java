/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twinwall.link.Connection;
import twinwall.link.Conversation;
import twinwall.link.HeartbeatLink;
import twinwall.link.LinkUser;

class ConfigurationTest {

    private static final EventLoops LOOPS = new EventLoops();
    private static TestKeys keys;

    @BeforeAll
    static void makeKeys(@TempDir Path folder) throws Exception {
        keys = TestKeys.make(folder);
        assertThat(Firewall.SAID.getUseParentHandlers()).isFalse();
    }

    @AfterAll
    static void endThreads() {
        LOOPS.close();
    }

    private static Map<String, Object> good() {
        return new HashMap<>(Map.of("service.pid", "twinwall.link~b", "listen_port", "0", "keystore", "fw-b.p12",
            "keystore_password_file", "password", "peer_certificate", keys.certificate("fw-a").toString()));
    }

    private static HeartbeatLink with(String key, Object value) {
        Map<String, Object> properties = good();
        properties.put(key, value);
        return LinkService.make(properties, keys.folder(), LOOPS);
    }

    private static void isNotUsed(HeartbeatLink link, String why) throws Exception {
        assertThat(link.name()).isEqualTo("b");
        assertThat(link.report().configured()).isFalse();
        assertThat(link.report().detail()).contains(why);
        link.open(null).close();
    }

    @Test
    void theNameIsWhatFollowsTheTildeUnlessGiven() {
        assertThat(LinkService.make(good(), keys.folder(), LOOPS).name()).isEqualTo("b");
        assertThat(with("name", "left").name()).isEqualTo("left");
        assertThat(with("service.pid", "twinwall.link").name()).isEqualTo("link");
    }

    @Test
    void relativePathsStartAtTheConfigurationFolder() {
        assertThat(LinkService.make(good(), keys.folder(), LOOPS).report().configured()).isTrue();
        assertThat(LinkService.make(good(), keys.folder().resolve("elsewhere"), LOOPS).report().configured()).isFalse();
    }

    @Test
    void aPortThatIsNoneIsNamed() throws Exception {
        isNotUsed(with("listen_port", "70000"), "twinwall.link~b: listen_port=70000 must be 0 to 65535");
        isNotUsed(with("listen_port", "ssh"), "listen_port=ssh");
        Map<String, Object> third = good();
        third.putAll(Map.of("order", "2", "listen_port", "none"));
        assertThat(LinkService.make(third, keys.folder(), LOOPS).order()).isEqualTo(2);
        isNotUsed(with("peer_port", 0), "peer_port=0 must be 1 to 65535");
        isNotUsed(with("listen_address", "no.such.host.invalid"), "listen_address=no.such.host.invalid");
    }

    @Test
    void aFileThatIsMissingOrUnreadableIsNamed() throws Exception {
        isNotUsed(with("keystore", "gone.p12"), "gone.p12 does not exist");
        isNotUsed(with("keystore", ""), "keystore is missing. Set it to a file, or tls=false");
        isNotUsed(with("keystore_password_file", "gone"), "keystore_password_file");
        isNotUsed(with("peer_certificate", "gone.pem"), "gone.pem does not exist");
        Files.writeString(keys.folder().resolve("noise.pem"), "-----BEGIN CERTIFICATE-----\nnoise\n-----END CERTIFICATE-----\n");
        isNotUsed(with("peer_certificate", "noise.pem"), "noise.pem must hold PEM certificates");
        Files.writeString(keys.folder().resolve("empty.pem"), "");
        isNotUsed(with("peer_certificate", "empty.pem"), "empty.pem holds no certificate");
        TestKeys.ownerOnly(keys.folder().resolve("noise.pem"));
        isNotUsed(with("keystore", "noise.pem"), "noise.pem must be a PKCS12 file");
        Files.writeString(keys.folder().resolve("wrong"), "wrong");
        TestKeys.ownerOnly(keys.folder().resolve("wrong"));
        isNotUsed(with("keystore_password_file", "wrong"), "the password in keystore_password_file opens");
    }

    @Test
    void keysThatOthersCanReadAreRefused() throws Exception {
        for (String key : List.of("keystore", "keystore_password_file")) {
            Path open = keys.folder().resolve("open-" + key);
            Files.copy(keys.folder().resolve(good().get(key).toString()), open);
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r-----"));
            isNotUsed(with(key, open.getFileName()), "has permissions rw-r-----");
            TestKeys.ownerOnly(open);
            assertThat(with(key, open.getFileName()).report().configured()).isTrue();
        }
    }

    @Test
    void aValueOutOfBoundsIsTheDefaultWithALine() throws Exception {
        List<String> lines = new ArrayList<>();
        Map<String, Object> properties = good();
        properties.put("reconnect_pause_ms", "0");
        properties.put("order", "9");
        LinkSettings settings = LinkSettings.read("twinwall.link~b", properties, keys.folder(), lines::add);
        assertThat(settings.order()).isZero();
        assertThat(settings.times()).isEqualTo(LinkSettings.Times.DEFAULT);
        assertThat(lines).containsExactly("twinwall.link~b: order=9 must be 0 to 3. Using 0.",
            "twinwall.link~b: reconnect_pause_ms=0 must be 10 to 60000. Using 500.");
    }

    @Test
    void aLinkThatLacksWhatItsSideNeedsSaysSoWhenOpened() throws Exception {
        HeartbeatLink link = LinkService.make(good(), keys.folder(), LOOPS);
        link.open(new Names("fw-a", "fw-b")).close();
        assertThat(link.report().configured()).isFalse();
        assertThat(link.report().detail()).contains("this firewall connects, but peer_port is missing");
        link.open(new Names("fw-a", "fw-a")).close();
        assertThat(link.report().detail()).contains("both firewalls have the same name");
        try (AutoCloseable opened = link.open(new Names("fw-b", "fw-a"))) {
            assertThat(opened).isNotNull();
            assertThat(link.report().configured()).isTrue();
        }
    }

    @Test
    void theNumberOfReasonsIsBounded() {
        Refusals refusals = new Refusals("b");
        for (int i = 0; i < 1_000; i++) {
            refusals.count("reason-" + i);
        }
        assertThat(refusals.counts()).hasSize(Refusals.MAX_REASONS + 1).containsEntry(Refusals.OTHER, 1_000L - Refusals.MAX_REASONS);
    }

    /** Names, and nobody to talk to. */
    private record Names(String localFirewall, String peerFirewall) implements LinkUser {

        @Override
        public Conversation connected(Connection connection) {
            return new Talk(connection);
        }
    }
}
