/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.dslite;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

import twinwall.firewall.DsLiteServer;
import twinwall.firewall.FirewallCommand;
import twinwall.firewall.Ip4;
import twinwall.firewall.Ip6;
import twinwall.firewall.embedded.command.Arguments;
import twinwall.firewall.embedded.command.Shown;
import twinwall.firewall.embedded.packet.Octets;
import twinwall.firewall.embedded.packet.Protocols;

/** Adds, removes and shows servers behind tunnels. */
final class DsLiteServerCommand implements FirewallCommand {

    private static final String SERVER = "b4 protocol=tcp|udp inside inside_port";

    private final DsLiteServers servers;

    DsLiteServerCommand(DsLiteServers servers) {
        this.servers = servers;
    }

    @Override
    public String name() {
        return "ds-lite-server";
    }

    @Override
    public Map<String, String> verbs() {
        return Map.of("add", SERVER + " outside outside_port: lets everybody reach the server behind the tunnel to b4 under an address of"
                + " dslite_pool", "remove", SERVER + ": takes the server out", "list", "[limit]: shows servers, at most " + Shown.MOST);
    }

    @Override
    public Map<String, Object> run(String verb, Map<String, String> arguments) {
        String command = name() + " " + verb;
        return switch (verb) {
            case "add" -> {
                servers.add(server(new Arguments(command, arguments, "b4", "protocol", "inside", "inside_port", "outside",
                        "outside_port"), true));
                yield Map.of("size", servers.size());
            }
            case "remove" -> {
                DsLiteServer key = server(new Arguments(command, arguments, "b4", "protocol", "inside", "inside_port"), false);
                yield Map.of("removed", servers.takeOut(key), "size", servers.size());
            }
            case "list" -> Shown.of(servers, new Arguments(command, arguments, "limit").number("limit", 1, Shown.MOST, 100),
                    DsLiteServerCommand::shown);
            default -> throw Arguments.noVerb(name(), verb, verbs());
        };
    }

    private static DsLiteServer server(Arguments from, boolean whole) {
        int protocol = from.protocol("protocol");
        if (protocol != Protocols.TCP && protocol != Protocols.UDP) {
            throw from.unlike("protocol", "tcp or udp");
        }
        return new DsLiteServer(0, address6(from, "b4"), protocol, new Ip4(from.address4("inside")), from.number("inside_port", 1, 65535),
                new Ip4(whole ? from.address4("outside") : 0), whole ? from.number("outside_port", 1, 65535) : 0);
    }

    private static Ip6 address6(Arguments from, String name) {
        InetAddress address = from.address(name);
        byte[] octets = address.getAddress();
        if (octets.length != 16) {
            throw from.unlike(name, "an IPv6 address");
        }
        return new Ip6(Octets.i64(octets, 0), Octets.i64(octets, 8));
    }

    private static Map<String, Object> shown(DsLiteServer server) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("b4", server.softwire().toString());
        all.put("protocol", server.protocol());
        all.put("inside", server.inside() + ":" + server.insidePort());
        all.put("outside", server.outside() + ":" + server.outsidePort());
        return all;
    }
}
