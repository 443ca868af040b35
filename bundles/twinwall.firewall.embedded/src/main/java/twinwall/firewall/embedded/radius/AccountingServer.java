/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.radius;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

import org.aaa4j.radius.core.dictionary.dictionaries.StandardDictionary;
import org.aaa4j.radius.core.packet.Packet;
import org.aaa4j.radius.core.packet.PacketCodec;
import org.aaa4j.radius.core.packet.PacketCodecException;
import org.aaa4j.radius.core.packet.packets.AccountingRequest;
import org.aaa4j.radius.core.packet.packets.AccountingResponse;
import twinwall.firewall.OnlineUser.Method;
import twinwall.firewall.OnlineUser.Origin;
import twinwall.firewall.embedded.Users;
import twinwall.firewall.embedded.aaa.LoginRefusedException;

/**
 * A RADIUS accounting server (RFC 2866) without a socket: datagrams in, answers out. Start and Interim-Update make a user online at each of
 * the addresses they name, Stop ends that. The authenticator is checked before anything else is read. Not safe for threads, but for {@link
 * #count} and {@link #refused}.
 */
public final class AccountingServer {

    /** The largest packet (RFC 2866, section 3). */
    public static final int MOST_BYTES = 4096;

    private static final int HEADER = 20;
    private static final int AUTHENTICATOR = 4;
    private static final int AUTHENTICATOR_BYTES = 16;

    private final RadiusSettings settings;
    private final byte[] secret;
    private final Users users;
    private final PacketCodec codec = new PacketCodec(new StandardDictionary());
    private final Repeats repeats = new Repeats();
    private final Rates rates;
    private final AtomicLongArray counts = new AtomicLongArray(Outcome.values().length);

    /** A server for clients that know the secret. */
    public AccountingServer(RadiusSettings settings, String secret, Users users) {
        this.settings = settings;
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.users = users;
        this.rates = new Rates(settings.maxRequestsPerSecond());
    }

    /**
     * Takes a datagram.
     *
     * @return the answer to send to the client; {@code null} when there is none
     */
    public byte[] answer(InetSocketAddress client, byte[] datagram, long nowMicros) {
        Reply reply = reply(client, datagram, nowMicros);
        counts.incrementAndGet(reply.outcome.ordinal());
        return reply.bytes;
    }

    /** How many datagrams had that outcome. May be called from any thread. */
    public long count(Outcome outcome) {
        return counts.get(outcome.ordinal());
    }

    /** How many datagrams were not answered, by why. May be called from any thread. */
    Map<String, Long> refused() {
        Map<String, Long> refused = new LinkedHashMap<>();
        Arrays.stream(Outcome.values()).filter(Outcome::refused).forEach(outcome -> refused.put(outcome.label(), count(outcome)));
        return refused;
    }

    private record Reply(Outcome outcome, byte[] bytes) {

        static Reply none(Outcome outcome) {
            return new Reply(outcome, null);
        }
    }

    private Reply reply(InetSocketAddress client, byte[] datagram, long now) {
        if (!settings.allows(client.getAddress())) {
            return Reply.none(Outcome.STRANGER);
        }
        if (!rates.allows(client.getAddress(), now)) {
            return Reply.none(Outcome.TOO_MANY);
        }
        int length = datagram.length < HEADER ? 0 : ByteBuffer.wrap(datagram).getShort(2) & 0xffff;
        if (length < HEADER || length > Math.min(MOST_BYTES, datagram.length) || datagram[0] != AccountingRequest.CODE) {
            return Reply.none(Outcome.MALFORMED);
        }
        // What lies behind the length is padding.
        byte[] request = Arrays.copyOf(datagram, length);
        if (!authentic(request)) {
            return Reply.none(Outcome.WRONG_AUTHENTICATOR);
        }
        ByteBuffer header = ByteBuffer.wrap(request);
        Repeats.Request key = new Repeats.Request(client, request[1] & 0xff, header.getLong(AUTHENTICATOR),
                header.getLong(AUTHENTICATOR + Long.BYTES));
        byte[] before = repeats.find(key, now);
        if (before != null) {
            return new Reply(Outcome.REPEATED, before);
        }
        return record(request, key, now);
    }

    /** The same for every length of what is equal: whoever guesses learns nothing. */
    private boolean authentic(byte[] request) {
        MessageDigest md5 = md5();
        md5.update(request, 0, AUTHENTICATOR);
        md5.update(new byte[AUTHENTICATOR_BYTES]);
        md5.update(request, HEADER, request.length - HEADER);
        md5.update(secret);
        return MessageDigest.isEqual(md5.digest(), Arrays.copyOfRange(request, AUTHENTICATOR, HEADER));
    }

    private Reply record(byte[] request, Repeats.Request key, long now) {
        byte[] authenticator = Arrays.copyOfRange(request, AUTHENTICATOR, HEADER);
        try {
            Packet packet = codec.decodeRequest(request, secret);
            Outcome outcome = record(Accounting.of(packet));
            byte[] answer = codec.encodeResponse(new AccountingResponse(), secret, key.identifier(), authenticator);
            repeats.keep(key, answer, now);
            return new Reply(outcome, answer);
        } catch (LoginRefusedException e) {
            return Reply.none(e.reason() == LoginRefusedException.Reason.STANDBY ? Outcome.STANDBY : Outcome.FULL);
        } catch (PacketCodecException | RuntimeException e) {
            // The library throws whatever its attributes do; a client that knows the secret may still send nonsense.
            return Reply.none(Outcome.MALFORMED);
        }
    }

    private Outcome record(Accounting said) {
        boolean here = said.status() == Accounting.START || said.status() == Accounting.INTERIM;
        if (!here && said.status() != Accounting.STOP || said.user().isEmpty() || said.addresses().isEmpty()) {
            users.requireActive();
            return Outcome.NOTHING_TO_RECORD;
        }
        for (InetAddress address : said.addresses()) {
            if (here) {
                int idle = said.idleSeconds() > 0 ? said.idleSeconds() : settings.idleTimeoutSeconds();
                users.online(address, said.user(), said.groupPath(), said.securityGroup(), Origin.EXTERNAL, Method.RADIUS_ACCOUNTING, idle);
            } else {
                users.logout(address, said.user());
            }
        }
        return Outcome.RECORDED;
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
