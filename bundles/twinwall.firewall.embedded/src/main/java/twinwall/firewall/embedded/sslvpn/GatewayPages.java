/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.sslvpn;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import twinwall.firewall.Ip4;
import twinwall.firewall.SslVpnUser;
import twinwall.firewall.embedded.aaa.LoginRefusedException;

/**
 * What the gateway answers to each request, without sockets: {@code POST /login}, {@code POST /logout}, {@code GET /status}, and for each
 * service {@code POST /SERVICE/connect} and requests through the channel, {@code /SERVICE...}. Safe for threads.
 */
final class GatewayPages {

    private static final int MOST_FORM_BYTES = 4096;
    private static final int MOST_RELAYED_BYTES = 1 << 20;

    private final SslVpnSettings settings;
    private final SslVpn gateway;
    private final List<ChannelService> services;

    GatewayPages(SslVpnSettings settings, SslVpn gateway) {
        this.settings = settings;
        this.gateway = gateway;
        this.services = List.of(new PortForwarding(settings), new WebProxy(settings), new FileSharing(settings),
                new NetworkExtension(settings));
    }

    /** How long the body of a request to that path may be. */
    static int mostBytes(String path) {
        return path.startsWith("/" + VpnService.PORT_FORWARDING.label() + "/") ? MOST_RELAYED_BYTES : MOST_FORM_BYTES;
    }

    Reply answer(Request request) {
        try {
            return switch (request.path()) {
                case "/login" -> only("POST", request, this::login);
                case "/logout" -> only("POST", request, asked -> withSession(asked, session -> logout(asked)));
                case "/status" -> only("GET", request, asked -> withSession(asked, this::status));
                default -> service(request);
            };
        } catch (LoginRefusedException e) {
            return refused(e);
        } catch (IllegalArgumentException e) {
            return Reply.error(400, "The request cannot be understood.", "A form has fields user and password, percent-encoded.");
        }
    }

    /** Answers a request. */
    @FunctionalInterface
    private interface Page {

        Reply answer(Request request);
    }

    /** Answers the request of a session. */
    @FunctionalInterface
    private interface SessionPage {

        Reply answer(SslVpnUser session);
    }

    private static Reply only(String method, Request request, Page page) {
        return method.equals(request.method()) ? page.answer(request)
                : Reply.error(405, request.method() + " is not for " + request.path() + ".", "Use " + method + ".").with("Allow", method);
    }

    private Reply login(Request request) {
        Map<String, String> form = request.form();
        String user = form.get("user");
        String password = form.get("password");
        if (user == null || password == null) {
            return Reply.error(400, "user or password is missing.", "Send both as fields of a form.");
        }
        if (!settings.gateway().equals(form.getOrDefault("gateway", settings.gateway()))) {
            return Reply.error(404, "There is no such virtual gateway.", "Leave the field gateway out.");
        }
        SslVpn.Begun begun = gateway.login(request.client(), user, password.getBytes(StandardCharsets.UTF_8));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("token", begun.token());
        body.putAll(shown(begun.session()));
        return Reply.json(200, body);
    }

    private Reply logout(Request request) {
        gateway.logout(request.token());
        return Reply.json(200, Map.of("loggedOut", true));
    }

    private Reply status(SslVpnUser session) {
        return Reply.json(200, shown(session));
    }

    private Map<String, Object> shown(SslVpnUser session) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("gateway", session.gateway());
        body.put("user", session.user());
        body.put("roles", session.roles());
        body.put("address", session.assigned().map(Ip4::toString).orElse(""));
        body.put("remainingSeconds", session.remainingSeconds());
        body.put("services", services.stream().filter(ChannelService::configured).map(one -> one.kind().label()).toList());
        body.put("connected", gateway.channels(session).stream().map(VpnService::label).sorted().toList());
        return body;
    }

    private Reply service(Request request) {
        for (ChannelService each : services) {
            String path = "/" + each.kind().label();
            if (each.configured() && (request.path().equals(path) || request.path().startsWith(path + "/"))) {
                String rest = request.path().substring(path.length());
                return withSession(request, session -> rest.equals("/connect") ? only("POST", request, asked -> connect(session, each))
                        : use(session, each, rest, request));
            }
        }
        return Reply.error(404, "There is nothing here.", "GET /status shows which services there are.");
    }

    private Reply connect(SslVpnUser session, ChannelService service) {
        gateway.connect(session, service.kind());
        Map<String, Object> body = new LinkedHashMap<>(Map.of("connected", service.kind().label()));
        body.putAll(service.offer(session));
        return Reply.json(200, body);
    }

    private Reply use(SslVpnUser session, ChannelService service, String rest, Request request) {
        String label = service.kind().label();
        if (!gateway.channels(session).contains(service.kind())) {
            Map<String, String> body = new LinkedHashMap<>();
            body.put("reconnect", label);
            body.put("error", "There is no channel to " + label + " at this firewall.");
            body.put("hint", "POST /" + label + "/connect, then try again. You need not log in.");
            return Reply.json(409, body);
        }
        return service.use(session, rest, request);
    }

    private Reply withSession(Request request, SessionPage page) {
        String token = request.token();
        Optional<SslVpnUser> session = token == null ? Optional.empty() : gateway.session(token);
        return session.map(page::answer).orElseGet(() ->
                Reply.error(401, "Nobody is logged in with this token.", "POST /login, then send Authorization: Bearer TOKEN.")
                        .with("WWW-Authenticate", "Bearer"));
    }

    private static Reply refused(LoginRefusedException refused) {
        String message = refused.getMessage();
        return switch (refused.reason()) {
            case WRONG_PASSWORD -> Reply.error(401, message, "Check both.").with("WWW-Authenticate", "Bearer");
            case TOO_MANY_TRIES, BUSY -> Reply.error(429, message, "Wait.").with("Retry-After", Integer.toString(refused.waitSeconds()));
            case STANDBY -> Reply.error(503, message, "Ask the other firewall.");
            case FULL, NO_CREDENTIALS -> Reply.error(503, message, "Try again later.");
        };
    }
}
