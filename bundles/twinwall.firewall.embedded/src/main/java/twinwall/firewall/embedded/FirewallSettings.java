/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.util.Map;

import org.osgi.annotation.versioning.ProviderType;
import twinwall.firewall.embedded.aaa.UserSettings;
import twinwall.firewall.embedded.bridge.BridgeSettings;
import twinwall.firewall.embedded.confirm.ConfirmSettings;
import twinwall.firewall.embedded.dslite.DsLiteSettings;
import twinwall.firewall.embedded.ipsec.IpsecSettings;
import twinwall.firewall.embedded.lists.Ip4Range;
import twinwall.firewall.embedded.lists.ListSettings;
import twinwall.firewall.embedded.lists.Prefix;
import twinwall.firewall.embedded.local.LocalSettings;
import twinwall.firewall.embedded.nat.DestinationSettings;
import twinwall.firewall.embedded.nat.NoPatSettings;
import twinwall.firewall.embedded.nat.PoolSettings;
import twinwall.firewall.embedded.nat.PortRange;
import twinwall.firewall.embedded.nat.SharingSettings;
import twinwall.firewall.embedded.nat.ThreeTupleSettings;
import twinwall.firewall.embedded.nat64.Nat64Settings;
import twinwall.firewall.embedded.pcp.PcpSettings;
import twinwall.firewall.embedded.pki.PkiSettings;
import twinwall.firewall.embedded.radius.RadiusSettings;
import twinwall.firewall.embedded.redirect.RedirectSettings;
import twinwall.firewall.embedded.rule.RuleList;
import twinwall.firewall.embedded.slb.SlbSettings;
import twinwall.firewall.embedded.slb.l7.HttpSlbSettings;
import twinwall.firewall.embedded.sslvpn.SslVpnSettings;
import twinwall.settings.Settings;

/**
 * What an {@link EmbeddedFirewall} is told, with the same keys for a program and for the configuration of PID {@value #PID}. Every value
 * has a default; one that cannot be used is named and the default is used. Times are whole seconds from 1 to 604800.
 *
 * @param clock {@code clock}: {@code system} (default) or {@code packets}
 * @param forwarding {@code forwarding}: whether it forwards before any group has told it a role; default false
 * @param rules {@code rules}: who may begin a session; grammar at {@link RuleList}; default {@value #DEFAULT_RULES}
 * @param naptPool {@code napt_pool}: public IPv4 addresses, {@code 203.0.113.1, 203.0.113.8-203.0.113.15, 198.51.100.0/28}; default
 *     empty, no NAPT. At most 65536 addresses
 * @param naptPorts {@code napt_ports}: public ports, default {@code 1024-65535}; ICMP identifiers are not limited by it
 * @param naptSources {@code napt_sources}: IPv4 prefixes whose sources are translated; default those of RFC 1918 and RFC 6598
 * @param maxSessions {@code max_sessions}: default 2000000
 * @param maxHalfOpen {@code max_half_open}: TCP and SCTP sessions whose handshake is not complete; default 200000
 * @param maxNaptMappings {@code max_napt_mappings}: default 1000000
 * @param maxBlacklistEntries {@code max_blacklist_entries}: default 100000
 * @param maxFragmentedDatagrams {@code max_fragmented_datagrams}: of which later fragments are expected; default 4096, oldest forgotten
 *     first
 * @param fragmentTimeoutSeconds {@code fragment_timeout_s}: default 60 (RFC 8200, section 4.5)
 * @param tcpNewTimeoutSeconds {@code tcp_new_timeout_s}: default 30
 * @param tcpAnsweredTimeoutSeconds {@code tcp_answered_timeout_s}: default 30
 * @param tcpEstablishedTimeoutSeconds {@code tcp_established_timeout_s}: default 7440, 2 h 4 min (RFC 5382, REQ-5; RFC 6146, section 4)
 * @param closingTimeoutSeconds {@code closing_timeout_s}: default 240 (the same)
 * @param closedTimeoutSeconds {@code closed_timeout_s}: default 10
 * @param udpNewTimeoutSeconds {@code udp_new_timeout_s}: until the second packet from the client; default 120, the least
 *     of RFC 4787, REQ-5; also for other protocols
 * @param udpEstablishedTimeoutSeconds {@code udp_established_timeout_s}: default 120; also for other protocols
 * @param icmpTimeoutSeconds {@code icmp_timeout_s}: default 60, the least of RFC 5508, REQ-2
 * @param sctpNewTimeoutSeconds {@code sctp_new_timeout_s}: default 30
 * @param sctpEstablishedTimeoutSeconds {@code sctp_established_timeout_s}: default 300
 * @param verifyTransportChecksums {@code verify_transport_checksums}: default false, because captures hold checksums that hardware was
 *     to fill in
 * @param lists how the blacklist and the whitelist are kept
 * @param sharing how private addresses share those of the NAPT pool
 * @param noPat No-PAT
 * @param threeTuple 3-tuple NAT
 * @param pcp the PCP server
 * @param slb server load balancing
 * @param bridge the switch inside
 * @param users who may log in, and how many may be online
 * @param ipsec the IPsec gateway
 * @param radius how access servers tell who is online
 * @param destinations destination NAT, NAT servers and static mappings
 * @param nat64 NAT64
 * @param dsLite DS-Lite
 * @param publicAddresses which setting names which public addresses
 * @param pki certificates and revocation lists
 * @param httpSlb balancing of HTTP and TLS
 * @param local tables that are not backed up
 * @param sslVpn the SSL VPN gateway
 * @param confirm confirm before forward
 * @param redirect which packets the peer gets to forward
 * @param ownAddresses {@code own_addresses}: IPv4 addresses at which the firewall itself answers ICMP echo requests; default none
 */
public record FirewallSettings(Clock clock, boolean forwarding, String rules, String naptPool, String naptPorts, String naptSources,
        int maxSessions, int maxHalfOpen, int maxNaptMappings, int maxBlacklistEntries, int maxFragmentedDatagrams,
        int fragmentTimeoutSeconds, int tcpNewTimeoutSeconds, int tcpAnsweredTimeoutSeconds, int tcpEstablishedTimeoutSeconds,
        int closingTimeoutSeconds, int closedTimeoutSeconds, int udpNewTimeoutSeconds, int udpEstablishedTimeoutSeconds,
        int icmpTimeoutSeconds, int sctpNewTimeoutSeconds, int sctpEstablishedTimeoutSeconds, boolean verifyTransportChecksums,
        ListSettings lists, SharingSettings sharing, NoPatSettings noPat, ThreeTupleSettings threeTuple, PcpSettings pcp, SlbSettings slb,
        BridgeSettings bridge, UserSettings users, IpsecSettings ipsec, RadiusSettings radius, DestinationSettings destinations,
        Nat64Settings nat64, DsLiteSettings dsLite, Map<Ip4Range, String> publicAddresses, PkiSettings pki,
        HttpSlbSettings httpSlb, LocalSettings local, SslVpnSettings sslVpn,
        ConfirmSettings confirm, RedirectSettings redirect, String ownAddresses) {

    /** PID of the firewall's configuration. */
    public static final String PID = "twinwall.firewall.embedded";

    /** Inside may begin sessions to outside, nobody else any. */
    public static final String DEFAULT_RULES = "allow inside->outside; deny any->any";

    /** Private addresses (RFC 1918) and shared ones (RFC 6598). */
    public static final String DEFAULT_NAPT_SOURCES = "10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10";

    private static final String DEFAULT_NAPT_PORTS = "1024-65535";
    private static final int WEEK = 7 * 24 * 3600;

    /** The defaults: no NAPT, not forwarding until told so. */
    public static FirewallSettings defaults() {
        return of(Map.of());
    }

    /**
     * From keys and values, for programs.
     *
     * @throws IllegalArgumentException with one line that names key and value when a value cannot be used
     */
    public static FirewallSettings of(Map<String, ?> values) {
        return from(new Settings(PID, values, line -> {
            throw new IllegalArgumentException(line);
        }));
    }

    /** From a configuration. */
    public static FirewallSettings from(Settings from) {
        PoolSettings pools = new PoolSettings(from);
        UserSettings users = UserSettings.from(from);
        String naptPool = pools.pool("napt_pool");
        NoPatSettings noPat = NoPatSettings.from(from, pools);
        ThreeTupleSettings threeTuple = ThreeTupleSettings.from(from, pools);
        PcpSettings pcp = PcpSettings.from(from, pools);
        SlbSettings slb = SlbSettings.from(from, pools);
        Nat64Settings nat64 = Nat64Settings.from(from, pools);
        DsLiteSettings dsLite = DsLiteSettings.from(from, pools);
        Map<Ip4Range, String> publicAddresses = pools.owners();
        SslVpnSettings sslVpn = SslVpnSettings.from(from, pools);
        return new FirewallSettings(from.choice("clock", Clock.class, Clock.SYSTEM), from.flag("forwarding", false),
                checked(from, "rules", DEFAULT_RULES, RuleList::parse), naptPool,
                checked(from, "napt_ports", DEFAULT_NAPT_PORTS, PortRange::parse),
                checked(from, "napt_sources", DEFAULT_NAPT_SOURCES, Prefix::list4),
                count(from, "max_sessions", 2_000_000), count(from, "max_half_open", 200_000), count(from, "max_napt_mappings", 1_000_000),
                count(from, "max_blacklist_entries", 100_000), count(from, "max_fragmented_datagrams", 4096),
                seconds(from, "fragment_timeout_s", 60), seconds(from, "tcp_new_timeout_s", 30),
                seconds(from, "tcp_answered_timeout_s", 30),
                seconds(from, "tcp_established_timeout_s", 7440), seconds(from, "closing_timeout_s", 240),
                seconds(from, "closed_timeout_s", 10), seconds(from, "udp_new_timeout_s", 120),
                seconds(from, "udp_established_timeout_s", 120), seconds(from, "icmp_timeout_s", 60),
                seconds(from, "sctp_new_timeout_s", 30), seconds(from, "sctp_established_timeout_s", 300),
                from.flag("verify_transport_checksums", false), ListSettings.from(from), SharingSettings.from(from),
                noPat, threeTuple, pcp, slb, BridgeSettings.from(from), users, IpsecSettings.from(from), RadiusSettings.from(from, users),
                DestinationSettings.from(from, pools), nat64, dsLite, publicAddresses, PkiSettings.from(from), HttpSlbSettings.from(from),
                LocalSettings.from(from), sslVpn, ConfirmSettings.from(from),
                RedirectSettings.from(from), checked(from, "own_addresses", "", Prefix::list4));
    }

    private static int count(Settings from, String key, int otherwise) {
        return (int) from.number(key, 1, 50_000_000, otherwise);
    }

    private static int seconds(Settings from, String key, int otherwise) {
        return (int) from.number(key, 1, WEEK, otherwise);
    }

    /**
     * A text that a parser must be able to read.
     *
     * @return the text; {@code otherwise} when there is none or, with a line that says so, when it cannot be read
     */
    public static String checked(Settings from, String key, String otherwise, Parser parser) {
        String text = from.text(key, otherwise);
        try {
            parser.parse(text);
            return text;
        } catch (IllegalArgumentException e) {
            return from.complain(key, text, e.getMessage(), otherwise.isEmpty() ? "none" : otherwise).equals("none") ? "" : otherwise;
        }
    }

    /** Reads a text, or says in its exception what it must be. */
    @ProviderType
    @FunctionalInterface
    public interface Parser {

        /**
         * Reads it.
         *
         * @throws IllegalArgumentException when it cannot; the message says what the text must be
         */
        Object parse(String text);
    }
}
