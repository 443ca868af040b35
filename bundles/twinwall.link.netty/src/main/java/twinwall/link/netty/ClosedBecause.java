/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import java.io.IOException;
import java.util.Locale;
import javax.net.ssl.SSLException;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import twinwall.link.ProtocolException;

/**
 * Why a connection ends.
 *
 * @param reason short name, for counters
 * @param detail what is known, for the log
 * @param ours whether this side closes it, so that it counts as refused
 */
record ClosedBecause(String reason, String detail, boolean ours) {

    private static final String ALERT = "Received fatal alert: ";

    static ClosedBecause refused(String reason, String detail) {
        return new ClosedBecause(reason, detail, true);
    }

    static ClosedBecause byPeer() {
        return new ClosedBecause("peer-closed", "the peer closed it", false);
    }

    /** Tells what failed from the exception that came up through the pipeline. */
    static ClosedBecause of(Throwable failure, boolean handshaking) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            ClosedBecause known = known(cause);
            if (known != null) {
                return known;
            }
        }
        if (failure instanceof IOException && !(failure instanceof SSLException)) {
            return new ClosedBecause("connection-lost", String.valueOf(failure.getMessage()), false);
        }
        return refused(handshaking ? "handshake-failed" : "tls-failed", String.valueOf(failure.getMessage()));
    }

    private static ClosedBecause known(Throwable cause) {
        if (cause instanceof PinnedCertificates.Refused refused) {
            return refused(refused.reason(), refused.getMessage());
        }
        if (cause instanceof ProtocolException broken) {
            return refused(broken.reason(), broken.getMessage());
        }
        if (cause instanceof SslHandshakeTimeoutException) {
            return refused("handshake-timeout", "it did not prove itself in time");
        }
        if (cause instanceof NotSslRecordException) {
            return refused("not-tls", "it does not speak TLS");
        }
        return cause instanceof SSLException && cause.getMessage() != null ? named(cause.getMessage()) : null;
    }

    /** The JDK has one exception for all that can go wrong in TLS; only its message tells. */
    private static ClosedBecause named(String message) {
        int alert = message.indexOf(ALERT);
        if (alert >= 0) {
            String name = message.substring(alert + ALERT.length()).toLowerCase(Locale.ROOT).replace('_', '-').replaceAll("[^a-z-]", "");
            return new ClosedBecause("refused-by-peer", "the peer refused this firewall: " + name, false);
        }
        if (message.contains("Empty client certificate chain")) {
            return refused("no-certificate", "it showed no certificate");
        }
        return null;
    }
}
