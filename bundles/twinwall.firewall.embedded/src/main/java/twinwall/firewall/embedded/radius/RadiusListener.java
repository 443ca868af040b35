/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.radius;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.FirewallCounter;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.aaa.OwnerOnlyFile;
import twinwall.firewall.embedded.service.SystemTime;

/** The UDP port of the {@link AccountingServer}, when the settings name one. When it cannot be opened, the firewall works without it. */
@Component(immediate = true, service = FirewallCounter.class, property = FirewallCounter.COUNTER + "=" + RadiusListener.REFUSED)
public final class RadiusListener implements FirewallCounter {

    static final String REFUSED = "refused-radius-requests";

    private static final Logger LOG = System.getLogger("twinwall.firewall.embedded");

    private final AccountingServer server;
    private final DatagramSocket socket;

    /** Opens the port. */
    @Activate
    public RadiusListener(@Reference EmbeddedFirewall firewall) {
        RadiusSettings settings = firewall.settings().radius();
        AccountingServer made = null;
        DatagramSocket opened = null;
        if (settings.port() > 0) {
            try {
                made = new AccountingServer(settings, OwnerOnlyFile.readLine(settings.secretFile()), firewall.users());
                opened = new DatagramSocket(new InetSocketAddress(settings.address(), settings.port()));
            } catch (IOException e) {
                LOG.log(Level.ERROR, "RADIUS accounting on " + settings.address().getHostAddress() + ":" + settings.port() + " is off: "
                        + e.getMessage() + ". The firewall works without it. Then change a setting, or start again.");
            }
        }
        server = made;
        socket = opened;
        if (socket != null) {
            Thread thread = new Thread(this::serve, "twinwall.firewall.embedded-radius");
            thread.setDaemon(true);
            thread.start();
            LOG.log(Level.INFO, "RADIUS accounting on " + settings.address().getHostAddress() + ":" + settings.port() + ".");
        }
    }

    private void serve() {
        DatagramPacket packet = new DatagramPacket(new byte[AccountingServer.MOST_BYTES + 1], AccountingServer.MOST_BYTES + 1);
        while (!socket.isClosed()) {
            try {
                packet.setLength(AccountingServer.MOST_BYTES + 1);
                socket.receive(packet);
                InetSocketAddress client = (InetSocketAddress) packet.getSocketAddress();
                byte[] answer = server.answer(client, Arrays.copyOf(packet.getData(), packet.getLength()), SystemTime.micros());
                if (answer != null) {
                    socket.send(new DatagramPacket(answer, answer.length, client));
                }
            } catch (IOException expected) {
                // Closed, or the client's ICMP error: the next datagram may be another's.
            }
        }
    }

    @Override
    public String name() {
        return REFUSED;
    }

    @Override
    public String meaning() {
        return "Datagrams to the RADIUS port that were not answered.";
    }

    /** Nothing while the port is closed. */
    @Override
    public Map<String, Long> counts() {
        return server == null ? Map.of() : server.refused();
    }

    /** Closes the port. */
    @Deactivate
    void close() {
        if (socket != null) {
            socket.close();
        }
    }
}
