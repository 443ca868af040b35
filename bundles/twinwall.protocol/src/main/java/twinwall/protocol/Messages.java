/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

import twinwall.link.ProtocolException;

/**
 * Messages for the peer that nobody confirms or repeats: they go over the running link when it has TLS, in order, or not at all. What waits
 * is bounded. For any number of threads; nothing waits for a lock for long.
 */
public final class Messages {

    /** Bytes of one message. */
    public static final int MOST_BYTES = 16 * 1024;
    /** Bytes of a topic's name. */
    public static final int MOST_TOPIC_BYTES = 64;
    static final int MOST_WAITING = 1024;
    static final int MOST_WAITING_BYTES = 4 << 20;
    /** So many bytes of messages in a row go before a part of a snapshot. */
    static final int BURST_BYTES = 64 * 1024;

    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private final Map<String, Long> refused = new TreeMap<>();
    private Session link;
    private int waitingBytes;
    private int burst;

    /** Another link carries the data, or none: what waits for the one before is lost. */
    synchronized void run(Session next) {
        refuse("message-link-lost", waiting.size());
        waiting.clear();
        waitingBytes = 0;
        link = next;
    }

    /**
     * Puts a message in the queue.
     *
     * @return false, and counted with the reason, when it will not be sent: there is no link, or one without TLS, or too much waits
     * @throws IllegalArgumentException when topic or message are longer than allowed, or the topic is empty
     */
    public boolean send(String topic, byte[] message) {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        if (name.length == 0 || name.length > MOST_TOPIC_BYTES || message.length > MOST_BYTES) {
            throw new IllegalArgumentException("A message of " + message.length + " bytes with topic '" + topic + "'; allowed are "
                    + MOST_BYTES + " bytes and topics of 1 to " + MOST_TOPIC_BYTES + " bytes.");
        }
        Session over;
        synchronized (this) {
            over = link;
            String reason = over == null ? "message-no-link" : !over.connection().confidential() ? "message-plain-text"
                    : waiting.size() >= MOST_WAITING || waitingBytes + message.length > MOST_WAITING_BYTES ? "message-limit" : null;
            if (reason != null) {
                refuse(reason, 1);
                return false;
            }
            ByteBuffer frame = ByteBuffer.allocate(1 + 2 + name.length + 3 + message.length);
            frame.put((byte) FrameType.MESSAGE);
            Wire.putText(frame, topic);
            Wire.putBytes(frame, message);
            byte[] bytes = new byte[frame.flip().remaining()];
            frame.get(bytes);
            waiting.add(bytes);
            waitingBytes += bytes.length;
        }
        over.connection().wake();
        return true;
    }

    /**
     * Writes the next message.
     *
     * @param alone whether nothing else waits that would have a turn after many messages
     */
    synchronized boolean next(ByteBuffer into, boolean alone) {
        if (waiting.isEmpty() || !alone && burst >= BURST_BYTES) {
            burst = 0;
            return false;
        }
        byte[] frame = waiting.poll();
        waitingBytes -= frame.length;
        burst += frame.length;
        into.put(frame);
        return true;
    }

    /** Reads a message; {@code null} when it must not have come over this link. */
    Received read(ByteBuffer frame, boolean confidential) throws ProtocolException {
        String topic = Wire.text(frame, "a topic");
        byte[] message = Wire.bytes(frame, MOST_BYTES, "a message");
        if (!confidential) {
            synchronized (this) {
                refuse("message-plain-text", 1);
            }
            return null;
        }
        return new Received(topic, message);
    }

    /** A message of the peer. */
    record Received(String topic, byte[] message) {
    }

    /** A message that came was of no use, for a reason of whoever it was given to. */
    public synchronized void dropped(String reason) {
        refuse(reason, 1);
    }

    private void refuse(String reason, int count) {
        if (count > 0) {
            refused.merge(reason, (long) count, Long::sum);
        }
    }

    /** Messages that were not sent or not taken, by reason. */
    public synchronized Map<String, Long> refused() {
        return new TreeMap<>(refused);
    }
}
