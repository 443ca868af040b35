/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;

import org.junit.jupiter.api.Test;
import twinwall.group.Networking;
import twinwall.link.ProtocolException;

/** The first frame: whom a firewall refuses, and that it says what to do. */
class GreetingTest {

    private static final MemberSettings HERE = new MemberSettings("fw-a", "fw-b", 1, 45_000, 1000, 5, 20, false, 0);
    private static final Networking AS = Networking.ACTIVE_STANDBY;
    private static final int NEWEST = Session.NEWEST_VERSION;

    @Test
    void everythingComesBack() throws ProtocolException {
        Greeting sent = new Greeting(1, 3, "fw-b", "fw-a", -7, (1L << 56) - 1, new Hellos(1000, 5), AS, false);
        assertThat(read(sent)).isEqualTo(sent);
    }

    @Test
    void thePeerThatIsExpectedIsWelcome() {
        assertThatCode(() -> new Greeting(1, NEWEST, "fw-b", "fw-a", 7, 0, new Hellos(1000, 5), AS, false).check(HERE))
                .doesNotThrowAnyException();
    }

    @Test
    void aNewerPeerThatStillSpeaksThisVersionIsWelcome() {
        assertThatCode(() -> new Greeting(NEWEST, NEWEST + 1, "fw-b", "fw-a", 7, 0, new Hellos(1000, 5), AS, false).check(HERE))
                .doesNotThrowAnyException();
    }

    @Test
    void aPeerThatSpeaksOnlyNewerVersionsIsToldWhomToUpgrade() {
        refused("version", new Greeting(NEWEST + 1, NEWEST + 2, "fw-b", "fw-a", 7, 0, new Hellos(1000, 5), AS, false),
                "Peer fw-b speaks protocol 2 to 3; this firewall speaks 1 to 1. Link closed. Upgrade the older firewall first.");
    }

    @Test
    void aPeerThatSpeaksOnlyOlderVersionsIsToldWhomToUpgrade() {
        refused("version", new Greeting(0, 0, "fw-b", "fw-a", 7, 0, new Hellos(1000, 5), AS, false),
                "Peer fw-b speaks protocol 0 to 0; this firewall speaks 1 to 1. Link closed. Upgrade the older firewall first.");
    }

    @Test
    void aStrangerIsToldWhichSettingsToCorrect() {
        refused("wrong-peer", new Greeting(1, 1, "fw-c", "fw-a", 7, 0, new Hellos(1000, 5), AS, false),
                "This is fw-a and expects fw-b; the peer is fw-c and "
                + "expects fw-a. Link closed. Correct firewall and peer in twinwall.group.");
    }

    @Test
    void aPeerOfAnotherFirewallIsRefused() {
        refused("wrong-peer", new Greeting(1, 1, "fw-b", "fw-c", 7, 0, new Hellos(1000, 5), AS, false),
                "This is fw-a and expects fw-b; the peer is fw-b and "
                + "expects fw-c. Link closed. Correct firewall and peer in twinwall.group.");
    }

    @Test
    void aPeerWithOtherHellosIsAccepted() {
        assertThatCode(() -> new Greeting(1, 1, "fw-b", "fw-a", 7, 0, new Hellos(200, 3), AS, true).check(HERE))
                .doesNotThrowAnyException();
    }

    @Test
    void aPeerThatSharesTheWorkOtherwiseIsToldWhichSettingDiffers() {
        refused("networking", new Greeting(1, 1, "fw-b", "fw-a", 7, 0, new Hellos(1000, 5), Networking.LOAD_BALANCING, false),
                "Peer fw-b has "
                + "networking=load-balancing; here it is active-standby. Link closed. Give both firewalls the same networking in "
                + "twinwall.group.");
    }

    @Test
    void whatIsNoGreetingIsToldApart() {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Greeting.read(ByteBuffer.wrap("GET / HTTP/1.1".getBytes())))
                .withMessage("the first frame is no greeting").extracting(ProtocolException::reason).isEqualTo("not-twinwall");
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Greeting.read(ByteBuffer.wrap(new byte[3])))
                .extracting(ProtocolException::reason).isEqualTo("not-twinwall");
    }

    @Test
    void aClockOutOfRangeIsRefused() {
        Greeting late = new Greeting(1, 1, "fw-b", "fw-a", 7, 1L << 56, new Hellos(1000, 5), AS, false);
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> read(late)).extracting(ProtocolException::reason)
                .isEqualTo("bad-clock");
    }

    private static Greeting read(Greeting sent) throws ProtocolException {
        ByteBuffer frame = ByteBuffer.allocate(1024);
        sent.write(frame);
        frame.flip();
        assertThat(frame.get()).isEqualTo((byte) FrameType.GREETING);
        return Greeting.read(frame);
    }

    private static void refused(String reason, Greeting greeting, String message) {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> greeting.check(HERE)).withMessage(message)
                .extracting(ProtocolException::reason).isEqualTo(reason);
    }
}
