/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.radius;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.firewall.embedded.Credentials.address;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.aaa4j.radius.core.attribute.Attribute;
import org.aaa4j.radius.core.attribute.EnumData;
import org.aaa4j.radius.core.attribute.IfidData;
import org.aaa4j.radius.core.attribute.IntegerData;
import org.aaa4j.radius.core.attribute.Ipv4AddrData;
import org.aaa4j.radius.core.attribute.Ipv6AddrData;
import org.aaa4j.radius.core.attribute.Ipv6PrefixData;
import org.aaa4j.radius.core.attribute.StringData;
import org.aaa4j.radius.core.attribute.TextData;
import org.aaa4j.radius.core.attribute.attributes.AcctStatusType;
import org.aaa4j.radius.core.attribute.attributes.FilterId;
import org.aaa4j.radius.core.attribute.attributes.FramedInterfaceId;
import org.aaa4j.radius.core.attribute.attributes.FramedIpAddress;
import org.aaa4j.radius.core.attribute.attributes.FramedIpv6Address;
import org.aaa4j.radius.core.attribute.attributes.FramedIpv6Prefix;
import org.aaa4j.radius.core.attribute.attributes.IdleTimeout;
import org.aaa4j.radius.core.attribute.attributes.UserName;
import org.aaa4j.radius.core.dictionary.dictionaries.StandardDictionary;
import org.aaa4j.radius.core.packet.PacketCodec;
import org.aaa4j.radius.core.packet.packets.AccountingRequest;
import org.junit.jupiter.api.Test;
import twinwall.firewall.OnlineUser;
import twinwall.firewall.OnlineUser.Method;
import twinwall.firewall.OnlineUser.Origin;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.FirewallSettings;

class AccountingServerTest {

    private static final String SECRET = "xyzzy5461";
    private static final int ON = 7;
    private static final InetSocketAddress NAS = new InetSocketAddress(address("192.0.2.1"), 40_000);

    private final EmbeddedFirewall firewall = new EmbeddedFirewall(FirewallSettings.of(Map.of("forwarding", "true", "radius_port", "1813",
            "radius_clients", "192.0.2.0/24, 2001:db8:9::/48", "radius_max_requests_per_s", "50", "aaa_max_users", "3")));
    private final AccountingServer server = new AccountingServer(firewall.settings().radius(), SECRET, firewall.users());
    private final PacketCodec codec = new PacketCodec(new StandardDictionary());
    private long now = 1_700_000_000_000_000L;

    private byte[] request(int status, Attribute<?>... more) {
        List<Attribute<?>> all = new ArrayList<>(List.of(new AcctStatusType(new EnumData(status))));
        all.addAll(List.of(more));
        try {
            return codec.encodeRequest(new AccountingRequest(all), SECRET.getBytes(UTF_8), new byte[16]);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private byte[] send(byte[] datagram) {
        firewall.tick(now);
        return server.answer(NAS, datagram.clone(), now);
    }

    private static UserName user(String name) {
        return new UserName(new TextData(name));
    }

    private static FramedIpAddress at(String address) {
        return new FramedIpAddress(new Ipv4AddrData((Inet4Address) address(address)));
    }

    private OnlineUser online(String address) {
        return firewall.users().at(address(address)).orElse(null);
    }

    @Test
    void aStartMakesAUserOnlineInItsGroupAndAStopEndsThat() {
        assertThat(send(request(Accounting.START, user("alice@isp"), at("10.0.0.5"), new FilterId(new TextData("finance")),
                new org.aaa4j.radius.core.attribute.attributes.Class(new StringData("/staff/sales".getBytes(UTF_8))),
                new IdleTimeout(new IntegerData(900))))).isNotNull();
        assertThat(online("10.0.0.5")).isEqualTo(new OnlineUser(0, address("10.0.0.5"), "alice@isp", "/staff/sales", "finance",
                Origin.EXTERNAL, Method.RADIUS_ACCOUNTING, now / 1_000_000, 900, 900));
        now += 60_000_000;
        assertThat(send(request(Accounting.INTERIM, user("alice@isp"), at("10.0.0.5")))).isNotNull();
        assertThat(online("10.0.0.5").groupPath()).isEqualTo("/");
        assertThat(online("10.0.0.5").loginSeconds()).as("the login is the Start").isEqualTo(now / 1_000_000 - 60);
        assertThat(send(request(Accounting.STOP, user("another"), at("10.0.0.5")))).as("a late Stop of the one before").isNotNull();
        assertThat(online("10.0.0.5")).isNotNull();
        assertThat(send(request(Accounting.STOP, user("alice@isp"), at("10.0.0.5")))).isNotNull();
        assertThat(online("10.0.0.5")).isNull();
        assertThat(server.count(Outcome.RECORDED)).isEqualTo(4);
    }

    @Test
    void ipv6AddressesComeInThreeWays() {
        byte[] end = {0, 0, 0, 0, 0, 0, 0, 7};
        send(request(Accounting.START, user("alice"), new FramedIpv6Address(new Ipv6AddrData((Inet6Address) address("2001:db8::5"))),
                new FramedIpv6Prefix(new Ipv6PrefixData(128, (Inet6Address) address("2001:db8::6"))),
                new FramedIpv6Prefix(new Ipv6PrefixData(64, (Inet6Address) address("2001:db8::"))),
                new FramedInterfaceId(new IfidData(end))));
        for (String each : List.of("2001:db8::5", "2001:db8::6", "2001:db8::7")) {
            assertThat(online(each).user()).isEqualTo("alice");
        }
        assertThat(send(request(Accounting.START, user("bob"), new FramedIpv6Prefix(new Ipv6PrefixData(64,
                (Inet6Address) address("2001:db8:1::")))))).as("a whole network is nobody's address").isNotNull();
        assertThat(server.count(Outcome.NOTHING_TO_RECORD)).isOne();
    }

    /** RFC 2866, section 3: MD5 of code, identifier, length, request authenticator, attributes and secret. */
    @Test
    void theAnswerHasTheAuthenticatorOfItsRequest() throws Exception {
        byte[] request = request(Accounting.START, user("alice"), at("10.0.0.5"));
        byte[] answer = send(request);
        assertThat(answer).hasSize(20).startsWith(5, request[1], 0, 20);
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        md5.update(answer, 0, 4);
        md5.update(request, 4, 16);
        md5.update(SECRET.getBytes(UTF_8));
        assertThat(Arrays.copyOfRange(answer, 4, 20)).isEqualTo(md5.digest());
    }

    /** A request written by hand: nothing of the library is in it. */
    @Test
    void aRequestMadeByHandIsUnderstood() throws Exception {
        ByteBuffer request = ByteBuffer.allocate(20 + 6 + 5 + 6);
        request.put((byte) 4).put((byte) 9).putShort((short) request.capacity()).put(new byte[16]);
        request.put(new byte[] {40, 6, 0, 0, 0, 1}).put(new byte[] {1, 5, 'b', 'o', 'b'}).put(new byte[] {8, 6, 10, 0, 0, 9});
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        md5.update(request.array());
        request.put(4, md5.digest(SECRET.getBytes(UTF_8)), 0, 16);
        assertThat(send(Arrays.copyOf(request.array(), 60))).as("with padding behind it").startsWith(5, 9);
        assertThat(online("10.0.0.9").user()).isEqualTo("bob");
    }

    @Test
    void aWrongSecretIsNotAnswered() {
        byte[] request = request(Accounting.START, user("mallory"), at("10.0.0.5"));
        request[request.length - 1] ^= 1;
        assertThat(send(request)).isNull();
        assertThat(server.count(Outcome.WRONG_AUTHENTICATOR)).isOne();
        assertThat(online("10.0.0.5")).isNull();
    }

    @Test
    void aStrangerIsNotAnswered() {
        byte[] request = request(Accounting.START, user("mallory"), at("10.0.0.5"));
        assertThat(server.answer(new InetSocketAddress(address("198.51.100.1"), 5), request, now)).isNull();
        assertThat(server.answer(new InetSocketAddress(address("2001:db8:9::1"), 5), request, now)).isNotNull();
        assertThat(server.count(Outcome.STRANGER)).isOne();
        assertThat(server.refused()).containsEntry("stranger", 1L).containsEntry("wrong-authenticator", 0L).doesNotContainKey("recorded");
    }

    @Test
    void aRepeatedRequestGetsTheSameAnswerAndIsNotRecordedAgain() {
        byte[] start = request(Accounting.START, user("alice"), at("10.0.0.5"));
        byte[] answer = send(start);
        firewall.users().logout(address("10.0.0.5"));
        now += 3_000_000;
        assertThat(send(start)).isEqualTo(answer);
        assertThat(online("10.0.0.5")).isNull();
        assertThat(server.count(Outcome.REPEATED)).isOne();
        now += 31_000_000;
        send(start);
        assertThat(server.count(Outcome.RECORDED)).as("after half a minute it is another").isEqualTo(2);
    }

    @Test
    void aClientThatSendsTooMuchWaits() {
        for (int i = 0; i < 80; i++) {
            send(request(ON));
        }
        assertThat(server.count(Outcome.TOO_MANY)).isEqualTo(30);
        now += 1_000_000;
        assertThat(send(request(ON))).isNotNull();
    }

    @Test
    void aStandbyAnswersNothing() {
        firewall.setForwarding(false);
        assertThat(send(request(Accounting.START, user("alice"), at("10.0.0.5")))).isNull();
        assertThat(send(request(ON))).isNull();
        assertThat(server.count(Outcome.STANDBY)).isEqualTo(2);
    }

    @Test
    void whatCannotBeRecordedIsNotAnsweredSoThatItIsSentAgain() {
        for (int i = 1; i <= 3; i++) {
            send(request(Accounting.START, user("user" + i), at("10.0.0." + i)));
        }
        assertThat(send(request(Accounting.START, user("user4"), at("10.0.0.4")))).isNull();
        assertThat(server.count(Outcome.FULL)).isOne();
    }

    @Test
    void namesThatCouldHarmWhoReadsThemAreNotTaken() {
        for (String name : List.of("a b", "a\nb", "\u001b[2J", "x".repeat(65), "ä")) {
            assertThat(send(request(Accounting.START, user(name), at("10.0.0.5")))).isNotNull();
        }
        assertThat(online("10.0.0.5")).isNull();
        send(request(Accounting.START, user("alice"), at("10.0.0.5"), new FilterId(new TextData("a:b\n")),
                new org.aaa4j.radius.core.attribute.attributes.Class(new StringData(new byte[] {1, 2}))));
        assertThat(online("10.0.0.5").groupPath() + online("10.0.0.5").securityGroup()).isEqualTo("/");
    }

    @Test
    void addressesThatAreNobodysAreNotTaken() {
        for (String address : List.of("255.255.255.254", "255.255.255.255", "0.0.0.0", "224.0.0.1", "127.0.0.1")) {
            send(request(Accounting.START, user("alice"), at(address)));
        }
        assertThat(server.count(Outcome.NOTHING_TO_RECORD)).isEqualTo(5);
    }

    /** With the right authenticator, so that the attributes are read: a client may be broken. */
    @Test
    void whateverComesIsCountedAndNothingThrows() throws Exception {
        Random random = new Random(42);
        byte[] sound = request(Accounting.START, user("alice"), at("10.0.0.5"), new FilterId(new TextData("finance")),
                new FramedIpv6Prefix(new Ipv6PrefixData(64, (Inet6Address) address("2001:db8::"))));
        int rounds = 30_000;
        for (int i = 0; i < rounds; i++) {
            byte[] garbled = Arrays.copyOf(sound, random.nextInt(sound.length + 40));
            for (int changes = random.nextInt(6); changes > 0 && garbled.length > 0; changes--) {
                garbled[random.nextInt(garbled.length)] = (byte) random.nextInt();
            }
            if (garbled.length >= 20 && random.nextInt(4) > 0) {
                garbled[0] = 4;
                ByteBuffer.wrap(garbled).putShort(2, (short) garbled.length);
                Arrays.fill(garbled, 4, 20, (byte) 0);
                MessageDigest md5 = MessageDigest.getInstance("MD5");
                md5.update(garbled);
                System.arraycopy(md5.digest(SECRET.getBytes(UTF_8)), 0, garbled, 4, 16);
            }
            now += 1_000_000;
            server.answer(NAS, garbled, now);
        }
        long counted = 0;
        for (Outcome outcome : Outcome.values()) {
            counted += server.count(outcome);
        }
        assertThat(counted).isEqualTo(rounds);
        assertThat(server.count(Outcome.MALFORMED)).isPositive();
        assertThat(server.count(Outcome.RECORDED)).isPositive();
    }
}
