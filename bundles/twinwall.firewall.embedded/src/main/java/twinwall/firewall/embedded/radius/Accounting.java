/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.radius;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.aaa4j.radius.core.attribute.Attribute;
import org.aaa4j.radius.core.attribute.Data;
import org.aaa4j.radius.core.attribute.Ipv6PrefixData;
import org.aaa4j.radius.core.attribute.attributes.AcctStatusType;
import org.aaa4j.radius.core.attribute.attributes.FilterId;
import org.aaa4j.radius.core.attribute.attributes.FramedInterfaceId;
import org.aaa4j.radius.core.attribute.attributes.FramedIpAddress;
import org.aaa4j.radius.core.attribute.attributes.FramedIpv6Address;
import org.aaa4j.radius.core.attribute.attributes.FramedIpv6Prefix;
import org.aaa4j.radius.core.attribute.attributes.IdleTimeout;
import org.aaa4j.radius.core.attribute.attributes.UserName;
import org.aaa4j.radius.core.packet.Packet;
import twinwall.firewall.embedded.aaa.Credential;

/**
 * What an Accounting-Request says of a user (RFC 2866, section 5; RFC 3162 and RFC 6911 for IPv6).
 *
 * @param status its Acct-Status-Type, 0 when it has none
 * @param user its User-Name when that is 1 to 64 printable ASCII characters without blanks; else empty
 * @param addresses its Framed-IP-Address, Framed-IPv6-Address, and the Framed-IPv6-Prefix that is one address, by its length or together
 *     with a Framed-Interface-Id
 * @param groupPath its Class as a path, {@code /} when it has none that is a path or a name
 * @param securityGroup its Filter-Id, empty when it has none that is a name
 * @param idleSeconds its Idle-Timeout, 0 when it has none
 */
record Accounting(int status, String user, List<InetAddress> addresses, String groupPath, String securityGroup, int idleSeconds) {

    static final int START = 1;
    static final int STOP = 2;
    static final int INTERIM = 3;

    private static final int WEEK_SECONDS = 604_800;
    private static final String USER = "[!-~]{1,64}";
    private static final int MOST_ADDRESSES = 4;

    static Accounting of(Packet packet) {
        String group = value(packet, org.aaa4j.radius.core.attribute.attributes.Class.class)
                .map(data -> path(new String(data.getValue(), StandardCharsets.UTF_8))).orElse("/");
        String filter = value(packet, FilterId.class).map(data -> data.getValue()).filter(Credential::isName).orElse("");
        String user = value(packet, UserName.class).map(data -> data.getValue()).filter(name -> name.matches(USER)).orElse("");
        int idle = value(packet, IdleTimeout.class).map(data -> data.getValue()).filter(seconds -> seconds > 0).orElse(0);
        return new Accounting(value(packet, AcctStatusType.class).map(data -> data.getValue()).orElse(0), user, addresses(packet), group,
                filter, Math.min(idle, WEEK_SECONDS));
    }

    private static <D extends Data, A extends Attribute<D>> Optional<D> value(Packet packet, Class<A> type) {
        return packet.getAttribute(type).map(Attribute::getData);
    }

    private static String path(String text) {
        String path = text.startsWith("/") ? text : "/" + text;
        return Credential.isGroup(path) ? path : "/";
    }

    private static List<InetAddress> addresses(Packet packet) {
        List<InetAddress> all = new ArrayList<>();
        packet.getAttributes(FramedIpAddress.class).forEach(one -> all.add(one.getData().getValue()));
        packet.getAttributes(FramedIpv6Address.class).forEach(one -> all.add(one.getData().getValue()));
        byte[] end = value(packet, FramedInterfaceId.class).map(data -> data.getValue()).orElse(null);
        packet.getAttributes(FramedIpv6Prefix.class).forEach(one -> address(one.getData(), end).ifPresent(all::add));
        return all.stream().filter(Accounting::isHost).distinct().limit(MOST_ADDRESSES).toList();
    }

    /** 255.255.255.255 and 255.255.255.254 let the user or the server choose (RFC 2865, section 5.8). */
    private static boolean isHost(InetAddress address) {
        byte[] octets = address.getAddress();
        return !address.isAnyLocalAddress() && !address.isMulticastAddress() && !address.isLoopbackAddress()
                && (octets.length == 16 || (octets[0] & 0xff) < 240);
    }

    private static Optional<InetAddress> address(Ipv6PrefixData prefix, byte[] end) {
        byte[] octets = prefix.getPrefixAddress().getAddress();
        if (prefix.getPrefixLength() != 128) {
            if (prefix.getPrefixLength() != 64 || end == null || end.length != 8) {
                return Optional.empty();
            }
            System.arraycopy(end, 0, octets, 8, 8);
        }
        try {
            return Optional.of(Inet6Address.getByAddress(octets));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 octets are an address", e);
        }
    }
}
