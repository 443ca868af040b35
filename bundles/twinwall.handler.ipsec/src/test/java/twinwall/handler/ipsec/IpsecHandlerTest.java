/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.ipsec;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import twinwall.firewall.AddressPrefix;
import twinwall.firewall.IpsecTunnel;
import twinwall.firewall.IpsecTunnel.Direction;
import twinwall.record.RecordCodec;
import twinwall.testkit.MemoryFirewallTable;
import twinwall.testkit.TableHandlerContract;

class IpsecHandlerTest extends TableHandlerContract<IpsecTunnel> {

    private static final byte[] SECRET = "sixteen octets!!salt".getBytes(StandardCharsets.US_ASCII);

    private final RecordCodec<IpsecTunnel> codec = RecordCodec.of(IpsecTunnel.class);

    IpsecHandlerTest() {
        super(IpsecTunnel.class, IpsecHandler::new);
    }

    @Override
    protected List<IpsecTunnel> due() {
        return List.of(tunnel(Direction.INBOUND, 0x1001, "203.0.113.1", "198.51.100.1"),
                tunnel(Direction.OUTBOUND, 0xf0002002L, "198.51.100.1", "203.0.113.1"),
                tunnel(Direction.OUTBOUND, 0x3003, "2001:db8:1::1", "2001:db8:2::1"));
    }

    @Override
    protected IpsecTunnel changed(IpsecTunnel entry) {
        return entry.with(entry.sender(), entry.number() + 10_000, entry.remainingSeconds(), entry.packets(), entry.octets());
    }

    @Override
    protected IpsecTunnel softChanged(IpsecTunnel entry) {
        return entry.with(entry.sender(), entry.number(), entry.remainingSeconds() - 1, entry.packets() + 9, entry.octets() + 900);
    }

    @Test
    void theHigherPromiseWinsAndALaterAssociationBeforeThat() {
        IpsecHandler handler = new IpsecHandler(new MemoryFirewallTable<>(IpsecTunnel.class));
        IpsecTunnel mine = due().get(0);
        assertThat(handler.compare(codec.key(mine), codec.value(changed(mine)), codec.value(mine))).isPositive();
        assertThat(handler.compare(codec.key(mine), codec.value(mine), codec.value(changed(mine)))).isNegative();
    }

    @Test
    void theKeyIsNotDescribed() {
        IpsecTunnel mine = due().get(0);
        IpsecHandler handler = new IpsecHandler(new MemoryFirewallTable<>(IpsecTunnel.class));
        Map<String, Object> described = handler.describe(codec.key(mine), codec.value(mine), codec.soft(mine));
        assertThat(described).containsKeys("spi", "number").doesNotContainKey("secret");
        assertThat(described.toString()).doesNotContain("sixteen");
        assertThat(mine.toString()).doesNotContain("sixteen");
    }

    private static IpsecTunnel tunnel(Direction direction, long spi, String destination, String source) {
        try {
            return new IpsecTunnel(0, InetAddress.getByName(destination), 50, spi, direction, "branch", InetAddress.getByName(source),
                    List.of(new AddressPrefix(InetAddress.getByName("10.0.0.0"), 8)),
                    List.of(new AddressPrefix(InetAddress.getByName("2001:db8:2::"), 48)), "aes-gcm-16", SECRET, true,
                    direction == Direction.INBOUND ? 1024 : 0, 1_700_000_000L, 3600, 0, 0, 0xbeef, 1_058_576, 3600, 5, 500);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
