/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.spi;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes the changes of one table for backup to the peer.
 * <p>
 * May be called from any thread and never blocks on the peer: a change is noted and the call returns. Of an entry that changes several
 * times while the peer is slow the latest state is sent once. The arrays are kept: do not change them afterwards.
 * <p>
 * Limits: a key of 1 to 1024 bytes, a value of at most 16384 bytes, soft facts of at most 256 bytes. An entry past a limit is refused with
 * an {@link IllegalArgumentException} and counted.
 */
@ProviderType
public interface ChangeSink {

    /** When entries are due for backup just now. Handlers ask at every change, because an operator may switch it. */
    BackupTiming timing();

    /**
     * An entry is new or has changed.
     *
     * @param soft facts that go along but do not make two values different; may be empty
     */
    void put(byte[] key, byte[] value, byte[] soft);

    /**
     * As {@link #put}, for one who waits until the peer has the entry: it is sent at once, whatever the timing is, and so is the peer's
     * answer. An entry that changes again before it is sent is confirmed by its later state.
     * <p>
     * {@code listener} is told once: before this returns when the peer cannot confirm, with the reason, and otherwise when the peer's
     * handler has taken the entry or the link to the peer is lost. A peer that stays silent is noticed after the missed hellos: who cannot
     * wait so long sets a bound of his own. Whatever the answer, the change is backed up like any other. Default: as {@link #put} where
     * nobody confirms.
     */
    default void putConfirmed(byte[] key, byte[] value, byte[] soft, ConfirmationListener listener) {
        put(key, value, soft);
        listener.done(Confirmation.NO_PEER);
    }

    /** An entry is gone. Nothing happens on the peer when it has no such entry. */
    void remove(byte[] key);

    /**
     * Where to report what only quick backup causes: changes of an entry that is not due without it, and the removal of one that never was.
     * They are backed up like any other; the operator is shown how many they are, because that is what quick backup costs. Default: this
     * sink, which counts them with the others.
     */
    default ChangeSink onlyQuick() {
        return this;
    }
}
