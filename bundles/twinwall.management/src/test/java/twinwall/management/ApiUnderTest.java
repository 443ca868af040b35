/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import twinwall.firewall.ConfirmStatus;
import twinwall.firewall.FirewallCommand;
import twinwall.firewall.FirewallCounter;
import twinwall.group.DropFolder;
import twinwall.group.HotStandbyGroup;

/** The API on a free port, and a client of it. */
final class ApiUnderTest implements AutoCloseable {

    static final String TOKEN = "a-token-of-sufficient-length";
    static final ConfirmStatus CONFIRM = new ConfirmStatus("peer-slow", "it is slow", 20, 3, Map.of("held", 9L), 250, 900);

    volatile HotStandbyGroup group;
    volatile DropFolder dropFolder;
    final Map<String, FirewallCommand> commands = new ConcurrentHashMap<>();
    final Map<String, FirewallCounter> counters = new ConcurrentHashMap<>();
    final Path tokenFile;
    final HttpApi api;
    volatile HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    ApiUnderTest(Path folder, HotStandbyGroup group, Duration patience) throws IOException {
        this(folder, group, patience, null);
    }

    ApiUnderTest(Path folder, HotStandbyGroup group, Duration patience, EndpointTls tls) throws IOException {
        this.group = group;
        tokenFile = folder.resolve("token");
        writeToken(TOKEN);
        api = new HttpApi(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new Routes(new GroupPages(() -> this.group, () -> counters, () -> () -> CONFIRM, patience), new FirewallPages(() -> commands),
                new DeployPages(() -> dropFolder)),
            new AccessToken(tokenFile), new HostCheck(false, Set.of()), tls);
    }

    void writeToken(String token) throws IOException {
        Files.writeString(tokenFile, token + "\n");
        permit("rw-------");
    }

    void permit(String permissions) throws IOException {
        Files.setPosixFilePermissions(tokenFile, PosixFilePermissions.fromString(permissions));
    }

    HttpResponse<String> get(String path) throws Exception {
        return call("GET", path, "Bearer " + TOKEN);
    }

    HttpResponse<String> post(String path) throws Exception {
        return call("POST", path, "Bearer " + TOKEN);
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return call("POST", path, "Bearer " + TOKEN, body.getBytes(StandardCharsets.UTF_8));
    }

    HttpResponse<String> call(String method, String path, String authorization) throws Exception {
        return call(method, path, authorization, new byte[0]);
    }

    HttpResponse<String> call(String method, String path, String authorization, byte[] body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api.url() + path))
            .timeout(Duration.ofSeconds(10)).method(method, BodyPublishers.ofByteArray(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    static JsonObject json(HttpResponse<String> response) {
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    /** Sends bytes as they are and answers what comes until the server closes or is silent for so long. */
    String raw(byte[] request, int silenceMillis) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.setSoTimeout(silenceMillis);
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            StringBuilder answer = new StringBuilder();
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                answer.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
            }
            return answer.toString();
        } catch (SocketTimeoutException silent) {
            return "";
        }
    }

    String raw(String request) throws IOException {
        return raw(request.getBytes(StandardCharsets.ISO_8859_1), 5000);
    }

    @Override
    public void close() {
        api.close();
    }
}
