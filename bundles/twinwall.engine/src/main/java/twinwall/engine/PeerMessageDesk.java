/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.osgi.framework.ServiceReference;
import twinwall.group.PeerMessageListener;

/** Gives the peer's messages to whoever listens to their topic, one at a time. Links never wait for a listener. */
final class PeerMessageDesk {

    static final int MOST_WAITING_BYTES = 4 << 20;
    private static final int OVERHEAD = 128;
    private static final System.Logger LOG = System.getLogger("twinwall.engine");

    private final Executor lane;
    private final Map<ServiceReference<PeerMessageListener>, PeerMessageListener> listeners = new ConcurrentHashMap<>();
    private final AtomicInteger waitingBytes = new AtomicInteger();
    private final Consumer<String> dropped;
    private volatile boolean failureTold;

    /** {@code lane} runs one task at a time, in order; {@code dropped} is told why a message reached nobody. */
    PeerMessageDesk(Executor lane, Consumer<String> dropped) {
        this.lane = lane;
        this.dropped = dropped;
    }

    void add(ServiceReference<PeerMessageListener> reference, PeerMessageListener listener) {
        listeners.put(reference, listener);
    }

    void remove(ServiceReference<PeerMessageListener> reference) {
        listeners.remove(reference);
    }

    /** A message has come. Returns at once. */
    void received(String topic, byte[] message) {
        int bytes = message.length + OVERHEAD;
        if (waitingBytes.addAndGet(bytes) > MOST_WAITING_BYTES) {
            waitingBytes.addAndGet(-bytes);
            dropped.accept("message-overrun");
            return;
        }
        lane.execute(() -> {
            waitingBytes.addAndGet(-bytes);
            deliver(topic, message);
        });
    }

    private void deliver(String topic, byte[] message) {
        boolean heard = false;
        for (Map.Entry<ServiceReference<PeerMessageListener>, PeerMessageListener> each : listeners.entrySet()) {
            if (topic.equals(each.getKey().getProperty(PeerMessageListener.TOPIC))) {
                heard = true;
                tell(each.getValue(), topic, message);
            }
        }
        if (!heard) {
            dropped.accept("message-unknown-topic");
        }
    }

    private void tell(PeerMessageListener listener, String topic, byte[] message) {
        try {
            listener.message(message);
        } catch (RuntimeException | LinkageError e) {
            if (!failureTold) {
                failureTold = true;
                LOG.log(System.Logger.Level.ERROR, "Message listener {0} failed on a message of topic ''{1}'': {2}. The next message is"
                        + " delivered all the same. Further failures are not told.", listener.getClass().getName(), topic, e);
            }
        }
    }
}
