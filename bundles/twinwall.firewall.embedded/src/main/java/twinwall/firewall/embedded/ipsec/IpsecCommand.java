/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.ipsec;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import twinwall.firewall.AddressPrefix;
import twinwall.firewall.FirewallCommand;
import twinwall.firewall.embedded.IpsecTunnels;
import twinwall.firewall.embedded.TunnelRequest;
import twinwall.firewall.embedded.lists.Prefix;

/** Tunnels for people: {@code ipsec add}, {@code remove}, {@code list}. Keys come in and never go out. */
final class IpsecCommand implements FirewallCommand {

    private final IpsecTunnels tunnels;

    IpsecCommand(IpsecTunnels tunnels) {
        this.tunnels = tunnels;
    }

    @Override
    public String name() {
        return "ipsec";
    }

    @Override
    public Map<String, String> verbs() {
        return Map.of("add", "tunnel local remote spi_in spi_out key_in key_out local_prefixes remote_prefixes [extended_numbers] "
                        + "[replay_window] [lifetime_s] [lifetime_packets] [lifetime_octets]: installs a tunnel; keys are hexadecimal, "
                        + "AES key and 4 octets of salt",
                "remove", "tunnel: removes both directions", "list", "shows every association without its key");
    }

    @Override
    public Map<String, Object> run(String verb, Map<String, String> arguments) {
        return switch (verb) {
            case "add" -> add(new Arguments(arguments));
            case "remove" -> remove(new Arguments(arguments).text("tunnel"));
            case "list" -> Map.of("associations", tunnels.list().stream().map(IpsecCommand::shown).toList());
            default -> throw new IllegalArgumentException("ipsec: verbs are add, remove and list, unlike " + verb);
        };
    }

    private Map<String, Object> add(Arguments from) {
        TunnelRequest request = new TunnelRequest(from.text("tunnel"), from.address("local"), from.address("remote"),
                from.number("spi_in", 256, 0xffffffffL), from.number("spi_out", 256, 0xffffffffL), from.key("key_in"),
                from.key("key_out"), from.prefixes("local_prefixes"), from.prefixes("remote_prefixes"), from.flag("extended_numbers", true),
                (int) from.number("replay_window", 0, 4096, 0), (int) from.number("lifetime_s", 0, Integer.MAX_VALUE, 0),
                from.number("lifetime_packets", 0, Long.MAX_VALUE, 0), from.number("lifetime_octets", 0, Long.MAX_VALUE, 0));
        tunnels.install(request);
        return Map.of("installed", request.name());
    }

    private Map<String, Object> remove(String name) {
        if (!tunnels.remove(name)) {
            throw new IllegalArgumentException("ipsec: there is no tunnel " + name);
        }
        return Map.of("removed", name);
    }

    private static Map<String, Object> shown(IpsecTunnels.AssociationStatus one) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("tunnel", one.tunnel());
        shown.put("direction", one.direction());
        shown.put("source", one.source());
        shown.put("destination", one.destination());
        shown.put("spi", one.spi());
        shown.put("localPrefixes", one.local());
        shown.put("remotePrefixes", one.remote());
        shown.put("usedBy", one.user());
        shown.put("number", one.number());
        shown.put("packets", one.packets());
        shown.put("octets", one.octets());
        shown.put("lifetimeOver", one.over());
        return shown;
    }

    /** The text arguments, read or refused by name. A key that cannot be used is not shown. */
    private record Arguments(Map<String, String> all) {

        String text(String name) {
            String text = all.get(name);
            if (text == null || text.isBlank()) {
                throw new IllegalArgumentException("ipsec: " + name + " is missing");
            }
            return text.trim();
        }

        long number(String name, long least, long most) {
            return number(name, least, most, -1);
        }

        long number(String name, long least, long most, long otherwise) {
            if (otherwise >= 0 && !all.containsKey(name)) {
                return otherwise;
            }
            try {
                long number = Long.decode(text(name));
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException expected) {
                // told below
            }
            throw must(name, least + " to " + most);
        }

        boolean flag(String name, boolean otherwise) {
            String text = all.getOrDefault(name, String.valueOf(otherwise));
            if (!text.equals("true") && !text.equals("false")) {
                throw must(name, "true or false");
            }
            return text.equals("true");
        }

        byte[] key(String name) {
            String text = text(name);
            try {
                return HexFormat.of().parseHex(text.startsWith("0x") ? text.substring(2) : text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("ipsec: " + name + " must be hexadecimal digits, two for each octet");
            }
        }

        InetAddress address(String name) {
            AddressPrefix whole = prefix(name, text(name));
            if (whole.length() != whole.address().getAddress().length * 8) {
                throw must(name, "an address");
            }
            return whole.address();
        }

        List<AddressPrefix> prefixes(String name) {
            return Arrays.stream(text(name).split(",")).filter(part -> !part.isBlank()).map(part -> prefix(name, part.trim())).toList();
        }

        private AddressPrefix prefix(String name, String text) {
            try {
                Prefix prefix = Prefix.parse(text);
                // Made of digits, so no name is looked up.
                InetAddress address = InetAddress.getByName(text.indexOf('/') < 0 ? text : text.substring(0, text.indexOf('/')));
                return new AddressPrefix(address, prefix.length());
            } catch (IllegalArgumentException | UnknownHostException e) {
                throw must(name, e.getMessage());
            }
        }

        private static IllegalArgumentException must(String name, String what) {
            return new IllegalArgumentException("ipsec: " + name + " must be " + what);
        }
    }
}
