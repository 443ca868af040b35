/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.io.IOException;
import java.util.Map;
import java.util.Random;
import javax.net.ssl.SSLContext;

import twinwall.firewall.Crl;
import twinwall.run.pki.Authority;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Tries;

/** A web server of the firewall that asks clients for certificates, and a client whose certificate was revoked. */
public final class CrlScenario implements Scenario {

    private SSLContext honest;
    private SSLContext revoked;
    private Authority varied;

    @Override
    public String type() {
        return "crl";
    }

    @Override
    public Class<Crl> entry() {
        return Crl.class;
    }

    @Override
    public String proof() {
        return "who was revoked stays out, the others get in";
    }

    @Override
    public Map<String, String> settings() {
        return WebServers.settings();
    }

    @Override
    public void fill(Firewall a) throws IOException {
        Authority authority = new Authority("demo staff authority");
        Authority.Issued server = authority.issue("staff.example");
        Authority.Issued alice = authority.issue("alice");
        Authority.Issued mallory = authority.issue("mallory");
        a.command("pki", "import", "name", "staff-authority", "certificate", authority.pem());
        a.command("pki", "import", "name", "staff-server", "certificate", Authority.pem(server.certificate()),
                "key", Authority.pem(server.key()));
        a.command("pki", "import", "crl", authority.revoking(mallory.certificate()));
        honest = authority.client(alice);
        revoked = authority.client(mallory);
        if (!WebServers.serves(a, "staff", honest) || WebServers.serves(a, "staff", revoked)) {
            throw new IOException("the virtual server 'staff' does not tell its clients apart");
        }
    }

    @Override
    public void prove(Firewall b, Tries tries) {
        tries.expect(WebServers.serves(b, "staff", honest), "a client in good standing is served");
        tries.expect(!WebServers.serves(b, "staff", revoked), "a client whose certificate was revoked is refused");
    }

    @Override
    public void vary(Firewall active, Random random) throws IOException {
        if (varied == null) {
            varied = new Authority("load staff authority");
        }
        active.command("pki", "import", "name", "load-authority", "certificate", varied.pem());
        active.command("pki", "import", "crl", varied.revoking(varied.issue("mallory " + random.nextInt(100)).certificate()));
    }
}
