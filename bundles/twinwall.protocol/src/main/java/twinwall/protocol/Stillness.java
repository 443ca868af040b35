/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

/**
 * Notices that this process stood still (SIGSTOP, a paused machine, a long collection of garbage), and says until when it may act on its
 * role all the same.
 * <p>
 * The peer cannot take over before the detection time is over since the last hello that it heard. The last one of which it said so was
 * sent then or earlier, so until the detection time after that was sent the role holds, whatever happens here. When the peer says nothing,
 * it holds as long as this process is seen to run. Changes are guarded by the {@link Member}; {@link #valid} is asked by any thread.
 */
final class Stillness {

    /** Gaps below are not worth a thought, however fast the hellos. */
    private static final long NOTICEABLE_MILLIS = 50;
    /** Ticks in which the lease would end before the next one. */
    private static final int TICKS_AHEAD = 5;

    private final HelloTiming hellos;
    private long ticked;
    private long doubtSince = -1;
    private long stood;
    private volatile long validUntil;
    private volatile boolean broken;

    /** What a gap between two looks at the clock means. */
    enum Gap {
        /** None to speak of. */
        NONE,
        /** The peer has waited all the time, but this process could not hear it: its silence says nothing. */
        DEAF,
        /** The peer may have taken over: the role holds once it says that it has not. */
        DOUBT,
        /** Too long: the role is void. */
        VOID
    }

    Stillness(HelloTiming hellos, long now) {
        this.hellos = hellos;
        this.ticked = now;
        this.validUntil = now + hellos.detectionMillis();
    }

    /** Called before anything else is done at this moment. */
    Gap look(long now) {
        long gap = now - ticked;
        Gap meaning = now >= validUntil ? gap >= hellos.detectionMillis() ? Gap.VOID : Gap.DOUBT
                : gap >= Math.max(NOTICEABLE_MILLIS, hellos.intervalMillis()) ? Gap.DEAF : Gap.NONE;
        if (meaning != Gap.NONE) {
            stood = gap;
            ticked = now;
        }
        if (meaning == Gap.DOUBT || meaning == Gap.VOID) {
            // In this order, for those who ask meanwhile.
            broken = true;
            doubtSince = meaning == Gap.VOID ? -1 : inDoubt() ? doubtSince : now;
            validUntil = now + hellos.detectionMillis();
        }
        return meaning;
    }

    /**
     * The clock goes on.
     *
     * @param heardSentAt when the last hello was sent that the peer says it heard; -1 for none
     */
    void tick(long now, long heardSentAt) {
        ticked = now;
        long detection = hellos.detectionMillis();
        long promised = heardSentAt < 0 ? now : heardSentAt + detection;
        boolean peerAnswers = promised > now + TICKS_AHEAD * hellos.intervalMillis() / 10;
        validUntil = peerAnswers ? promised : now + detection;
    }

    /** Whether the role may be void, and the peer has not been heard yet. */
    boolean inDoubt() {
        return doubtSince >= 0;
    }

    /**
     * Whether the peer may have acted on the doubt, in which this firewall says that it has no share: it does so when it has heard that for
     * two hello intervals. One is left for hellos under way.
     */
    boolean mayBeActedOn(long now) {
        return now - doubtSince >= hellos.intervalMillis();
    }

    /** How long it stood still last. */
    long stoodMillis() {
        return stood;
    }

    /** The peer has said that it has not taken over, or is not there: the role holds. */
    void confirmed() {
        doubtSince = -1;
        broken = false;
    }

    /** The role is another one now; the firewall has yet to be told. */
    void replaced() {
        doubtSince = -1;
    }

    /** The firewall knows its present role. */
    void known() {
        if (doubtSince < 0) {
            broken = false;
        }
    }

    /** Whether the role that the firewall was told may be acted on. */
    boolean valid(long now) {
        return !broken && now < validUntil;
    }
}
