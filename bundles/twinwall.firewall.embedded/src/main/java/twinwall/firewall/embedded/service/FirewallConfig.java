/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.service;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import twinwall.firewall.embedded.FirewallSettings;
import twinwall.firewall.embedded.aaa.UserSettings;
import twinwall.firewall.embedded.dslite.DsLiteSettings;
import twinwall.firewall.embedded.radius.RadiusSettings;

/** The configuration's keys and defaults; grammar and meaning at {@link FirewallSettings}. Two underscores here are one in the key. */
@ObjectClassDefinition(name = "Twinwall embedded firewall")
public @interface FirewallConfig {

    @AttributeDefinition(description = "What moves time: system or packets.")
    String clock() default "system";

    @AttributeDefinition(description = "Forward before any group has told a role.")
    boolean forwarding() default false;

    @AttributeDefinition(description = "Who may begin a session; first match decides.")
    String rules() default FirewallSettings.DEFAULT_RULES;

    @AttributeDefinition(description = "Public IPv4 addresses for NAPT; empty: no NAPT.")
    String napt__pool() default "";

    @AttributeDefinition(description = "Public ports for NAPT.")
    String napt__ports() default "1024-65535";

    @AttributeDefinition(description = "IPv4 prefixes whose sources are translated.")
    String napt__sources() default FirewallSettings.DEFAULT_NAPT_SOURCES;

    @AttributeDefinition(description = "Private addresses that may share one public address; 0: any number.")
    int car__nat__limit() default 0;

    @AttributeDefinition(description = "Until a private address without sessions loses its place, seconds.")
    int car__nat__timeout__s() default 300;

    @AttributeDefinition(description = "Places on public addresses.")
    int max__car__nat__entries() default 1_000_000;

    @AttributeDefinition(description = "Each private address has blocks of public ports for itself.")
    boolean napt__port__blocks() default false;

    @AttributeDefinition(description = "Ports in a block.")
    int napt__port__block__size() default 256;

    @AttributeDefinition(description = "Blocks that are added when a subscriber's are full.")
    int napt__port__block__extensions() default 2;

    @AttributeDefinition(description = "Until blocks without sessions are taken back, seconds.")
    int napt__port__block__timeout__s() default 600;

    @AttributeDefinition(description = "From this share of its ports on a subscriber counts as one that runs out, percent.")
    int napt__port__block__alarm__percent() default 80;

    @AttributeDefinition(description = "From this share of all blocks on a warning is logged, percent.")
    int napt__port__block__pool__alarm__percent() default 80;

    @AttributeDefinition(description = "Subscribers with port blocks.")
    int max__port__block__subscribers() default 1_000_000;

    @AttributeDefinition(description = "Destinations that are mapped to pools of addresses inside.")
    String destination__nat() default "";

    @AttributeDefinition(description = "Clients that are bound to an address of such a pool.")
    int max__destination__nat__bindings() default 1_000_000;

    @AttributeDefinition(description = "NAT servers.")
    int max__nat__servers() default 1_000_000;

    @AttributeDefinition(description = "Static mappings.")
    int max__static__mappings() default 4096;

    @AttributeDefinition(description = "Sessions, IPv4 and IPv6 together.")
    int max__sessions() default 2_000_000;

    @AttributeDefinition(description = "TCP and SCTP sessions whose handshake is not complete.")
    int max__half__open() default 200_000;

    @AttributeDefinition(description = "NAPT mappings.")
    int max__napt__mappings() default 1_000_000;

    @AttributeDefinition(description = "Blacklist entries.")
    int max__blacklist__entries() default 100_000;

    @AttributeDefinition(description = "Datagrams of which later fragments are expected.")
    int max__fragmented__datagrams() default 4096;

    @AttributeDefinition(description = "Seconds that later fragments are expected for.")
    int fragment__timeout__s() default 60;

    @AttributeDefinition(description = "TCP after the SYN, seconds.")
    int tcp__new__timeout__s() default 30;

    @AttributeDefinition(description = "TCP after the SYN-ACK, seconds.")
    int tcp__answered__timeout__s() default 30;

    @AttributeDefinition(description = "TCP after the handshake, seconds.")
    int tcp__established__timeout__s() default 7440;

    @AttributeDefinition(description = "TCP after a FIN, SCTP after a SHUTDOWN, seconds.")
    int closing__timeout__s() default 240;

    @AttributeDefinition(description = "TCP and SCTP after the end, seconds.")
    int closed__timeout__s() default 10;

    @AttributeDefinition(description = "UDP and other protocols until the client's second packet, seconds.")
    int udp__new__timeout__s() default 60;

    @AttributeDefinition(description = "UDP and other protocols from the client's second packet on, seconds.")
    int udp__established__timeout__s() default 120;

    @AttributeDefinition(description = "ICMP echo, seconds.")
    int icmp__timeout__s() default 10;

    @AttributeDefinition(description = "SCTP until the handshake is complete, seconds.")
    int sctp__new__timeout__s() default 30;

    @AttributeDefinition(description = "SCTP after the handshake, seconds.")
    int sctp__established__timeout__s() default 300;

    @AttributeDefinition(description = "Drop packets whose TCP, UDP or ICMP checksum is wrong.")
    boolean verify__transport__checksums() default false;

    @AttributeDefinition(description = "IPv4 addresses at which the firewall itself answers pings.")
    String own__addresses() default "";

    @AttributeDefinition(description = "Hold the first packet of a session until the peer has the session; needs quick backup.")
    boolean confirm__before__forward() default false;

    @AttributeDefinition(description = "How long a packet waits for the peer at most, ms, 1 to 1000.")
    int confirm__bound__ms() default 20;

    @AttributeDefinition(description = "What becomes of a packet that has waited so long: forward or drop.")
    String confirm__on__bound() default "forward";

    @AttributeDefinition(description = "In load balancing, a packet whose session is unknown here and may be the peer's: drop or redirect.")
    String asymmetric() default "drop";

    @AttributeDefinition(description = "How many such packets the peer gets in a second at most, 1 to 1000000.")
    int redirect__packets__per__s() default 20_000;

    @AttributeDefinition(description = "For how long packets that come after a handover has begun are kept for the peer, ms, 0 to 5000.")
    int handover__hold__ms() default 1000;

    @AttributeDefinition(description = "Routes.")
    int max__routes() default 10_000;

    @AttributeDefinition(description = "Thousand bits in a second that an address inside may send; 0: no limit.")
    int bandwidth__limit__kbps() default 0;

    @AttributeDefinition(description = "What an address inside may send at once, octets.")
    int bandwidth__burst__bytes() default 65_536;

    @AttributeDefinition(description = "Signatures that content security looks for; empty: no inspection.")
    String content__signatures() default "";

    @AttributeDefinition(description = "Entries of each table that is not backed up, but for routes.")
    int max__local__entries() default 65_536;

    @AttributeDefinition(description = "Own addresses that IPsec tunnels may end at; empty: no IPsec.")
    String ipsec__addresses() default "";

    @AttributeDefinition(description = "Prefixes that other ends of IPsec tunnels must lie in; empty: any.")
    String ipsec__peers() default "";

    @AttributeDefinition(description = "Prefixes of the other side that are reached through IPsec tunnels or not at all.")
    String ipsec__protected() default "";

    @AttributeDefinition(description = "Octets of the largest ESP packet.")
    int ipsec__mtu() default 1500;

    @AttributeDefinition(description = "Replay window of IPsec tunnels that do not say otherwise, packets.")
    int ipsec__replay__window() default 1024;

    @AttributeDefinition(description = "IPsec tunnels.")
    int max__ipsec__tunnels() default 4096;

    @AttributeDefinition(description = "Sealed packets after which the peer is told of the sequence number.")
    int ipsec__report__packets() default 10_000;

    @AttributeDefinition(description = "Packets that may be sealed while the peer has not heard of the sequence number.")
    int ipsec__report__allowance() default 1_048_576;

    @AttributeDefinition(description = "Packets refused after a takeover, at least, for the peer may have accepted them.")
    int ipsec__replay__margin() default 32;

    @AttributeDefinition(description = "Opened packets after which the peer is told of the sequence number at the latest.")
    int ipsec__replay__report__packets() default 1000;

    @AttributeDefinition(description = "Whitelist entries.")
    int max__whitelist__entries() default 100_000;

    @AttributeDefinition(description = "A source refused on more distinct ports than this is blocked; 0: detection is off.")
    int scan__ports() default 0;

    @AttributeDefinition(description = "Within how many seconds these refusals fall.")
    int scan__window__s() default 10;

    @AttributeDefinition(description = "Seconds that such a source is blocked for.")
    int scan__block__s() default 600;

    @AttributeDefinition(description = "Public IPv4 addresses for No-PAT, one for each host; empty: none.")
    String nopat__pool() default "";

    @AttributeDefinition(description = "IPv4 prefixes whose sources are translated by No-PAT.")
    String nopat__sources() default FirewallSettings.DEFAULT_NAPT_SOURCES;

    @AttributeDefinition(description = "Public address of a host without sessions, seconds.")
    int nopat__timeout__s() default 360;

    @AttributeDefinition(description = "Public IPv4 addresses for 3-tuple NAT (full cone); empty: none.")
    String threetuple__pool() default "";

    @AttributeDefinition(description = "Public ports for 3-tuple NAT.")
    String threetuple__ports() default "1024-65535";

    @AttributeDefinition(description = "IPv4 prefixes whose sources are translated by 3-tuple NAT.")
    String threetuple__sources() default FirewallSettings.DEFAULT_NAPT_SOURCES;

    @AttributeDefinition(description = "3-tuple bindings that no session uses, seconds; at least 120.")
    int threetuple__timeout__s() default 300;

    @AttributeDefinition(description = "3-tuple bindings.")
    int max__threetuple__bindings() default 1_000_000;

    @AttributeDefinition(description = "The firewall's own IPv4 address at which hosts inside ask by PCP; empty: no PCP.")
    String pcp__address() default "";

    @AttributeDefinition(description = "Public IPv4 addresses for PCP mappings.")
    String pcp__pool() default "";

    @AttributeDefinition(description = "Public ports for PCP mappings.")
    String pcp__ports() default "1024-65535";

    @AttributeDefinition(description = "IPv4 prefixes for whose hosts PCP mappings are made.")
    String pcp__sources() default FirewallSettings.DEFAULT_NAPT_SOURCES;

    @AttributeDefinition(description = "Shortest lifetime of a PCP mapping, seconds.")
    int pcp__min__lifetime__s() default 120;

    @AttributeDefinition(description = "Longest lifetime of a PCP mapping, seconds.")
    int pcp__max__lifetime__s() default 1800;

    @AttributeDefinition(description = "PCP mappings of one host.")
    int pcp__max__mappings__per__client() default 32;

    @AttributeDefinition(description = "PCP mappings.")
    int max__pcp__mappings() default 100_000;

    @AttributeDefinition(description = "Whether a host may ask by PCP for another one.")
    boolean pcp__third__party() default false;

    @AttributeDefinition(description = "PCP requests answered in a second; of one client at most a tenth.")
    int pcp__max__requests__per__s() default 2000;

    @AttributeDefinition(description = "Who may log in; readable by its owner only. Relative to the config folder.")
    String aaa__credential__file() default UserSettings.DEFAULT_FILE;

    @AttributeDefinition(description = "Seconds without a packet after which a user is logged out.")
    int aaa__idle__timeout__s() default 1800;

    @AttributeDefinition(description = "Users who are online.")
    int aaa__max__users() default 100_000;

    @AttributeDefinition(description = "Addresses at which one user may be online.")
    int aaa__max__addresses__per__user() default 8;

    @AttributeDefinition(description = "Failed logins of one address or user before further ones have to wait.")
    int aaa__free__tries() default 5;

    @AttributeDefinition(description = "Ports of the switch inside: interface 0 and those from 2 on; 0: no switch.")
    int switch__ports() default 0;

    @AttributeDefinition(description = "The firewall's Ethernet address inside; frames to it are inspected.")
    String switch__mac() default "02:00:5e:00:53:01";

    @AttributeDefinition(description = "Seconds after which the address of a silent station is forgotten.")
    int switch__age__s() default 300;

    @AttributeDefinition(description = "Learned Ethernet addresses.")
    int max__learned__macs() default 8192;

    @AttributeDefinition(description = "Static Ethernet addresses.")
    int max__static__macs() default 4096;

    @AttributeDefinition(description = "Virtual servers and the real ones their load is balanced over.")
    String slb__servers() default "";

    @AttributeDefinition(description = "Seconds that a client without sessions keeps its real server.")
    int slb__sticky__s() default 300;

    @AttributeDefinition(description = "Clients that keep their real server.")
    int max__slb__bindings() default 100_000;

    @AttributeDefinition(description = "How real servers are probed: none, tcp or http.")
    String slb__probe() default "none";

    @AttributeDefinition(description = "What a probe by HTTP asks for.")
    String slb__probe__path() default "/";

    @AttributeDefinition(description = "Seconds between probes.")
    int slb__probe__interval__s() default 5;

    @AttributeDefinition(description = "Milliseconds that an answer to a probe may take.")
    int slb__probe__timeout__ms() default 1000;

    @AttributeDefinition(description = "Probes in a row that fail before a real server is given no new clients.")
    int slb__probe__misses() default 3;

    @AttributeDefinition(description = "UDP port for RADIUS accounting; 0: none.")
    int radius__port() default 0;

    @AttributeDefinition(description = "Address on which it listens.")
    String radius__address() default RadiusSettings.LOOPBACK;

    @AttributeDefinition(description = "Prefixes of the access servers that may send.")
    String radius__clients() default RadiusSettings.LOOPBACK;

    @AttributeDefinition(description = "Secret shared with them, one line; readable by its owner only. Relative to the config folder.")
    String radius__secret__file() default RadiusSettings.DEFAULT_FILE;

    @AttributeDefinition(description = "Accounting requests of one access server per second.")
    int radius__max__requests__per__s() default 1000;

    @AttributeDefinition(description = "Certificates and authorities.")
    int pki__max__certificates() default 1000;

    @AttributeDefinition(description = "Revocation lists, one for each issuer.")
    int pki__max__crls() default 100;

    @AttributeDefinition(description = "How long a revocation list may be, KiB.")
    int pki__max__crl__kib() default 1024;

    @AttributeDefinition(description = "IPv6 prefix under which IPv4 addresses appear (NAT64).")
    String nat64__prefix() default "64:ff9b::/96";

    @AttributeDefinition(description = "Public IPv4 addresses for NAT64; empty: no NAT64.")
    String nat64__pool() default "";

    @AttributeDefinition(description = "Public ports for NAT64.")
    String nat64__ports() default "1024-65535";

    @AttributeDefinition(description = "Which IPv4 hosts a NAT64 binding lets in: endpoint-independent or address-dependent.")
    String nat64__filtering() default "endpoint-independent";

    @AttributeDefinition(description = "Octets of the largest packet from NAT64 towards IPv4.")
    int nat64__mtu4() default 1500;

    @AttributeDefinition(description = "Octets of the largest packet from NAT64 towards IPv6.")
    int nat64__mtu6() default 1500;

    @AttributeDefinition(description = "Octets that IPv4 packets without DF are fragmented to towards IPv6.")
    int nat64__lowest__mtu6() default 1280;

    @AttributeDefinition(description = "NAT64 bindings that no session uses, seconds.")
    int nat64__timeout__s() default 120;

    @AttributeDefinition(description = "NAT64 bindings.")
    int max__nat64__bindings() default 1_000_000;

    @AttributeDefinition(description = "IPv6 address that DS-Lite tunnels lead to (AFTR); empty: no DS-Lite.")
    String dslite__aftr() default "";

    @AttributeDefinition(description = "Public IPv4 addresses for DS-Lite.")
    String dslite__pool() default "";

    @AttributeDefinition(description = "Public ports for DS-Lite.")
    String dslite__ports() default "1024-65535";

    @AttributeDefinition(description = "IPv4 prefixes that packets in tunnels may come from.")
    String dslite__sources() default DsLiteSettings.DEFAULT_SOURCES;

    @AttributeDefinition(description = "Octets of the largest tunnel packet that is not fragmented.")
    int dslite__mtu() default 1500;

    @AttributeDefinition(description = "DS-Lite bindings that no session uses, seconds.")
    int dslite__timeout__s() default 120;

    @AttributeDefinition(description = "DS-Lite bindings.")
    int max__dslite__bindings() default 1_000_000;

    @AttributeDefinition(description = "DS-Lite bindings of one tunnel.")
    int max__dslite__bindings__per__b4() default 1024;

    @AttributeDefinition(description = "Servers behind DS-Lite tunnels.")
    int max__dslite__servers() default 10_000;

    @AttributeDefinition(description = "Fragmented tunnel packets that are not complete.")
    int max__dslite__reassemblies() default 1024;

    @AttributeDefinition(description = "Octets that these may hold together.")
    int dslite__reassembly__octets() default 4_194_304;

    @AttributeDefinition(description = "Until such a packet is given up, seconds.")
    int dslite__reassembly__timeout__s() default 60;

    @AttributeDefinition(description = "Virtual servers for HTTP and TLS, on which the firewall itself listens.")
    String slb__http() default "";

    @AttributeDefinition(description = "Seconds that a client who does not come back keeps its real server.")
    int slb__http__sticky__s() default 1800;

    @AttributeDefinition(description = "Clients that keep their real server.")
    int max__slb__http__clients() default 100_000;

    @AttributeDefinition(description = "Connections served at once on each virtual server for HTTP or TLS.")
    int slb__http__max__connections() default 64;

    @AttributeDefinition(description = "Milliseconds for connecting to a real server, and for each wait for it.")
    int slb__http__timeout__ms() default 30_000;

    @AttributeDefinition(description = "Seconds for a whole request with its response, or that a TLS connection may be idle.")
    int slb__http__exchange__s() default 600;

    @AttributeDefinition(description = "Body of a request, MiB.")
    int slb__http__max__body__mib() default 1024;

    @AttributeDefinition(description = "Name of the SSL VPN's virtual gateway; empty: none.")
    String sslvpn__gateway() default "";

    @AttributeDefinition(description = "Address on which it listens.")
    String sslvpn__address() default "127.0.0.1";

    @AttributeDefinition(description = "TCP port of the SSL VPN gateway; 0: none.")
    int sslvpn__port() default 0;

    @AttributeDefinition(description = "PKCS12 file with its key and certificate. Relative to the config folder.")
    String sslvpn__keystore() default "";

    @AttributeDefinition(description = "File with the password of the PKCS12 file; readable by its owner only.")
    String sslvpn__keystore__password__file() default "";

    @AttributeDefinition(description = "Without a keystore, make a certificate that nobody can check.")
    boolean sslvpn__self__signed() default false;

    @AttributeDefinition(description = "IPv4 addresses for the network extension.")
    String sslvpn__pool() default "";

    @AttributeDefinition(description = "Seconds without use after which a session ends.")
    int sslvpn__idle__timeout__s() default 1800;

    @AttributeDefinition(description = "Seconds after which a user must log in again.")
    int sslvpn__max__session__s() default 43_200;

    @AttributeDefinition(description = "Sessions.")
    int sslvpn__max__sessions() default 10_000;

    @AttributeDefinition(description = "Sessions of one user.")
    int sslvpn__max__sessions__per__user() default 5;

    @AttributeDefinition(description = "NAME=HOST:PORT, ... that port forwarding reaches.")
    String sslvpn__forward() default "";

    @AttributeDefinition(description = "NAME=http://HOST:PORT, ... that the web proxy reaches.")
    String sslvpn__origins() default "";

    @AttributeDefinition(description = "Folder that file sharing shows.")
    String sslvpn__folder() default "";
}
