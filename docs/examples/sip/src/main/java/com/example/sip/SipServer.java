/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.sip;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Registers phones, and tells callers where they are: SIP over UDP. The table decides who is reached. */
@Component(service = {}, configurationPid = "com.example.sip", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class SipServer {

    /** What {@code com.example.sip.cfg} says. */
    @interface Config {

        String address() default "127.0.0.1";

        int port() default 5060;
    }

    private static final int LONGEST_REQUEST = 4_096;
    private static final int LOOK_FOR_EXPIRED_MILLIS = 1_000;
    private static final int LONGEST_LIFETIME_SECONDS = 7_200;
    private static final int LONGEST_CALL_ID = 200;

    private final RegistrationTable table;
    private final DatagramSocket socket;
    private final Thread thread;

    @Activate
    public SipServer(@Reference RegistrationTable table, Config config) throws IOException {
        this.table = table;
        socket = new DatagramSocket(new InetSocketAddress(config.address(), config.port()));
        socket.setSoTimeout(LOOK_FOR_EXPIRED_MILLIS);
        thread = new Thread(this::serve, "sip-" + config.port());
        thread.start();
    }

    @Deactivate
    void stop() throws InterruptedException {
        socket.close();
        thread.join();
    }

    private void serve() {
        long lookAgain = System.nanoTime();
        while (!socket.isClosed()) {
            try {
                serveOne();
            } catch (IOException e) {
                // nothing came, the socket was closed, or an answer could not be sent: then the phone asks again
            }
            if (System.nanoTime() - lookAgain >= 0) {
                table.expire();
                lookAgain = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LOOK_FOR_EXPIRED_MILLIS);
            }
        }
    }

    private void serveOne() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[LONGEST_REQUEST], LONGEST_REQUEST);
        socket.receive(packet);
        String text = new String(packet.getData(), 0, packet.getLength(), UTF_8);
        Optional<String> answer = SipRequest.parse(text).map(this::answer);
        if (answer.isPresent()) {
            byte[] bytes = answer.get().getBytes(UTF_8);
            socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
        }
    }

    private String answer(SipRequest request) {
        Optional<String> user = request.user();
        if (user.isEmpty()) {
            return request.answer("400 Bad Request");
        }
        return switch (request.method()) {
            case "REGISTER" -> register(user.get(), request);
            case "INVITE" -> table.find(user.get())
                    .map(found -> request.answer("302 Moved Temporarily", "Contact: <" + found.contact() + ">"))
                    .orElseGet(() -> request.answer("404 Not Found"));
            default -> request.answer("501 Not Implemented");
        };
    }

    private String register(String user, SipRequest request) {
        int lifetime = Math.min(request.expiresSeconds(), LONGEST_LIFETIME_SECONDS);
        if (lifetime == 0) {
            table.unregister(user);
            return request.answer("200 OK");
        }
        if (request.contact().isEmpty() || request.sequence() < 0 || request.callId().length() > LONGEST_CALL_ID) {
            return request.answer("400 Bad Request");
        }
        String contact = request.contact().get();
        try {
            boolean taken = table.register(new Registration(user, contact, request.callId(), request.sequence(), lifetime, lifetime));
            return taken ? request.answer("200 OK", "Contact: <" + contact + ">;expires=" + lifetime)
                    : request.answer("500 Out Of Order");
        } catch (IllegalStateException e) {
            return request.answer("503 Service Unavailable");
        }
    }
}
