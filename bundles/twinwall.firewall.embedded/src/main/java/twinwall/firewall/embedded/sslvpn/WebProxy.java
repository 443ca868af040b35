/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.sslvpn;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import twinwall.firewall.SslVpnUser;

/**
 * Fetches pages of the configured web servers, and of no others: a redirect is not followed. Neither the user's token nor any other header
 * of the request goes to them.
 */
final class WebProxy implements ChannelService {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 4 << 20;

    private final Map<String, String> origins;
    private final HttpClient client;

    WebProxy(SslVpnSettings settings) {
        origins = settings.origins();
        client = origins.isEmpty() ? null
                : HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).connectTimeout(PATIENCE)
                        .version(HttpClient.Version.HTTP_1_1).build();
    }

    @Override
    public VpnService kind() {
        return VpnService.WEB_PROXY;
    }

    @Override
    public boolean configured() {
        return client != null;
    }

    @Override
    public Map<String, Object> offer(SslVpnUser session) {
        return Map.of("origins", List.copyOf(origins.keySet()));
    }

    @Override
    public Reply use(SslVpnUser session, String rest, Request request) {
        String[] parts = rest.replaceFirst("^/", "").split("/", 2);
        String origin = origins.get(parts[0]);
        if (origin == null) {
            return Reply.error(404, "There is no such web server.", "POST /web-proxy/connect shows which there are.");
        }
        if (!"GET".equals(request.method())) {
            return Reply.error(405, "Pages are only fetched.", "Use GET.").with("Allow", "GET");
        }
        try {
            // The origin ends with its port and the path begins with a slash: nothing in it can name another host.
            URI page = new URI(origin + "/" + (parts.length > 1 ? parts[1] : "") + (request.query() == null ? "" : "?" + request.query()));
            return fetch(page);
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Reply.error(400, "The path cannot be used.", "Percent-encode it.");
        } catch (IOException e) {
            return Reply.error(502, "The web server does not answer.", "Try again later.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reply.error(503, "The gateway is stopping.", "Try the other firewall.");
        }
    }

    private Reply fetch(URI page) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.send(HttpRequest.newBuilder(page).timeout(PATIENCE).GET().build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            byte[] body = in.readNBytes(MOST_BYTES + 1);
            if (body.length > MOST_BYTES) {
                return Reply.error(502, "The page is larger than " + MOST_BYTES + " bytes.", "Ask for another way.");
            }
            String type = response.headers().firstValue("Content-Type").filter(text -> text.matches("[ -~]{1,200}"))
                    .orElse("application/octet-stream");
            return new Reply(response.statusCode(), type, body, Map.of("Content-Security-Policy", "sandbox"));
        }
    }
}
