/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

/** First byte of a frame. Types from {@link #SKIPPABLE} on are skipped by a receiver that does not know them. */
final class FrameType {

    static final int GREETING = 0x01;
    static final int GOODBYE = 0x02;
    static final int HELLO = 0x03;
    static final int WATERMARKS = 0x04;
    static final int QUICK_BACKUP = 0x06;
    static final int SYNC = 0x07;
    static final int SPLIT_BRAIN = 0x08;
    static final int OFFER = 0x10;
    static final int WITHDRAW = 0x11;
    static final int ACCEPT = 0x12;
    static final int CHANGES = 0x20;
    static final int SNAPSHOT_BEGIN = 0x21;
    static final int SNAPSHOT_ENTRIES = 0x22;
    static final int SNAPSHOT_END = 0x23;
    static final int CONFIRM = 0x24;
    static final int SKIPPABLE = 0x80;
    static final int DIGEST_BEGIN = 0x80;
    static final int DIGEST_ROOT = 0x81;
    static final int DIGEST_ENTRIES = 0x82;
    static final int DIGEST_ASK = 0x83;
    static final int DIGEST_BUCKETS = 0x84;
    static final int DIGEST_RESULT = 0x85;
    static final int DIGEST_REPAIR = 0x86;
    static final int DIGEST_CHECK = 0x87;
    static final int MESSAGE = 0x90;

    private FrameType() {
    }
}
