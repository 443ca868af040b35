/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import twinwall.firewall.FirewallCommand;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.PkiCertificate;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.FirewallSettings;
import twinwall.run.pki.Authority;

/**
 * Entries that a firewall has made of certificates or revocation lists that were imported there: whoever takes them looks at every
 * signature, so they must be real.
 *
 * @param entries of the table
 * @param authorities that a firewall must hold before it takes them
 */
record Imported(List<Record> entries, List<PkiCertificate> authorities) {

    /** Room for what the bench imports. */
    static final Map<String, String> SETTINGS = Map.of("pki_max_certificates", "10000", "pki_max_crls", "10000");

    private static final String CERTIFICATES = "pki-certificate";

    /** Certificates of the firewall, each with a P-256 key of its own. */
    static Imported certificates(int count) throws IOException {
        EmbeddedFirewall firewall = firewall();
        Authority authority = new Authority("bench authority");
        for (int i = 0; i < count; i++) {
            Authority.Issued issued = authority.issue("server-" + i + ".example");
            bring(firewall, Map.of("name", "server-" + i, "certificate", Authority.pem(issued.certificate()), "key",
                    Authority.pem(issued.key())));
        }
        return new Imported(entries(firewall, CERTIFICATES, Record.class), List.of());
    }

    /** Revocation lists with one certificate each, of as many authorities. */
    static Imported revocationLists(int count) throws IOException {
        EmbeddedFirewall firewall = firewall();
        for (int i = 0; i < count; i++) {
            Authority authority = new Authority("bench authority " + i);
            bring(firewall, Map.of("name", "authority-" + i, "certificate", authority.pem()));
            bring(firewall, Map.of("crl", authority.revoking(authority.issue("revoked").certificate())));
        }
        return new Imported(entries(firewall, "crl", Record.class), entries(firewall, CERTIFICATES, PkiCertificate.class));
    }

    private static EmbeddedFirewall firewall() {
        EmbeddedFirewall firewall = new EmbeddedFirewall(FirewallSettings.of(SETTINGS));
        firewall.setForwarding(true);
        return firewall;
    }

    private static void bring(EmbeddedFirewall firewall, Map<String, String> arguments) {
        FirewallCommand pki = firewall.commands().stream().filter(command -> command.name().equals("pki")).findFirst().orElseThrow();
        pki.run("import", arguments);
    }

    private static <E> List<E> entries(EmbeddedFirewall firewall, String type, Class<E> entry) throws IOException {
        List<E> entries = new ArrayList<>();
        firewall.tables().get(type).visit(each -> entries.add(entry.cast(each)));
        return entries;
    }

    /** Gives a firewall the authorities. */
    @SuppressWarnings("unchecked")
    void prepare(EmbeddedFirewall firewall) {
        FirewallTable<PkiCertificate> table = (FirewallTable<PkiCertificate>) firewall.tables().get(CERTIFICATES);
        authorities.forEach(table::restore);
    }
}
