/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;

/**
 * A real server answers when a GET of a path gives a status of 200 to 399 (RFC 9110, section 15).
 *
 * @param path begins with a slash
 * @param timeoutMillis how long connecting may take, and how long each wait for octets
 */
public record HttpProbe(String path, int timeoutMillis) implements Probe {

    @Override
    public boolean answers(RealServer server) {
        try {
            HttpURLConnection connection = (HttpURLConnection) new URL("http://" + server + path).openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(timeoutMillis);
            connection.setReadTimeout(timeoutMillis);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            int status = connection.getResponseCode();
            connection.disconnect();
            return status >= 200 && status < 400;
        } catch (IOException e) {
            return false;
        }
    }
}
