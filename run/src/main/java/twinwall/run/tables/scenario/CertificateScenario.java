/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.io.IOException;
import java.util.Map;
import java.util.Random;
import javax.net.ssl.SSLContext;

import twinwall.firewall.PkiCertificate;
import twinwall.run.pki.Authority;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Tries;

/** A web server of the firewall that proves who it is: the certificate and its private key come from the other firewall. */
public final class CertificateScenario implements Scenario {

    private static final int REQUESTS = 5;

    private SSLContext client;

    @Override
    public String type() {
        return "pki-certificate";
    }

    @Override
    public Class<PkiCertificate> entry() {
        return PkiCertificate.class;
    }

    @Override
    public String proof() {
        return "the same certificate is shown, with a key that fits";
    }

    @Override
    public Map<String, String> settings() {
        return WebServers.settings();
    }

    @Override
    public void fill(Firewall a) throws IOException {
        Authority authority = new Authority("demo public authority");
        Authority.Issued server = authority.issue("portal.example");
        a.command("pki", "import", "name", "portal", "certificate", Authority.pem(server.certificate()),
                "key", Authority.pem(server.key()));
        client = authority.client(null);
        if (!WebServers.serves(a, "portal", client)) {
            throw new IOException("the virtual server 'portal' does not serve a client that trusts its certificate");
        }
    }

    @Override
    public void prove(Firewall b, Tries tries) {
        for (int i = 0; i < REQUESTS; i++) {
            tries.expect(WebServers.serves(b, "portal", client), "a client that trusts the certificate is served");
        }
    }

    @Override
    public void vary(Firewall active, Random random) throws IOException {
        String name = "load-" + random.nextInt(20);
        if (random.nextBoolean()) {
            Authority.Issued server = new Authority("load authority").issue(name + ".example");
            active.command("pki", "import", "name", name, "certificate", Authority.pem(server.certificate()), "key",
                    Authority.pem(server.key()));
        } else {
            active.command("pki", "remove", "name", name);
        }
    }
}
