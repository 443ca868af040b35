/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.ipsec;

/**
 * Sequence numbers that were accepted, none twice. As with {@link OutboundNumbers}, a promise comes first: no number above it is accepted
 * before the next one is made, and whoever takes over refuses everything up to it.
 * <p>
 * A promise that reaches far costs packets after a takeover, and one that reaches not far costs many promises. So its reach follows the
 * rate: a tunnel with less than ten packets a second makes one for each packet, and a busy one no more than some ten in a second, or one
 * for each {@code most} packets.
 */
final class InboundNumbers {

    private static final long OFTEN_MICROS = 100_000;

    private final ReplayWindow window;
    private final int margin;
    private final int most;
    private long promised;
    private long renewAbove;
    private int reach;
    private long promisedMicros = Long.MIN_VALUE / 2;

    /**
     * None accepted.
     *
     * @param size of the window
     * @param margin numbers that may be accepted while a promise is on its way, at least
     * @param most numbers that a promise reaches ahead, at most; then as many may be accepted while the next is on its way
     */
    InboundNumbers(int size, int margin, int most) {
        this.window = new ReplayWindow(size);
        this.margin = margin;
        this.most = most;
    }

    /** The whole number of a packet, see {@link ReplayWindow#whole}; with numbers that are not extended, the 32 bits. */
    long whole(int low32, boolean extended) {
        return extended ? window.whole(low32) : low32 & 0xffffffffL;
    }

    /** Whether the number may be accepted. */
    boolean fresh(long number) {
        return window.fresh(number);
    }

    /** Whether a promise must be made before the number is accepted. */
    boolean promiseDue(long number) {
        return number > renewAbove;
    }

    /** Makes a promise that holds for the number. It must be reported before the number is accepted. */
    long promise(long number, long nowMicros) {
        boolean often = nowMicros - promisedMicros < OFTEN_MICROS;
        reach = often ? Math.min(most, Math.max(1, reach * 2)) : reach / 2;
        return promiseAhead(number, nowMicros);
    }

    private long promiseAhead(long number, long nowMicros) {
        promisedMicros = nowMicros;
        renewAbove = number + reach;
        promised = renewAbove + Math.max(margin, reach);
        return promised;
    }

    /**
     * When nothing came for a while, makes a promise that reaches no further than needed.
     *
     * @return whether it is too early for that
     */
    boolean settling(long nowMicros) {
        if (reach > 0 && nowMicros - promisedMicros >= OFTEN_MICROS) {
            reach = 0;
            promiseAhead(window.top(), nowMicros);
        }
        return reach > 0;
    }

    /** The number was accepted. */
    void accept(long number) {
        window.mark(number);
    }

    /** The other firewall has promised as much; nothing is accepted here until {@link #takeOver}. */
    void heard(long number) {
        promised = Math.max(window.top(), number);
    }

    /** Refuses everything up to the promise from now on, and makes one of its own, which must be reported at once. */
    void takeOver() {
        window.refuseUpTo(promised);
        renewAbove = promised;
        promised += margin;
        reach = 0;
    }

    /** The highest number accepted or refused for good here. */
    long accepted() {
        return window.top();
    }

    /** The highest number that may have been accepted anywhere. */
    long promised() {
        return promised;
    }
}
