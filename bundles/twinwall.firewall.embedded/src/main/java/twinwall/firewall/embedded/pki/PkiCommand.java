/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pki;

import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import twinwall.firewall.FirewallCommand;
import twinwall.firewall.PkiCertificate;
import twinwall.firewall.PkiCertificate.Kind;
import twinwall.firewall.embedded.command.Arguments;

/** The command {@code pki}: certificates and revocation lists as text. */
final class PkiCommand implements FirewallCommand {

    private static final Map<String, String> VERBS = Map.of(
            "import", "name certificate key [password]: the firewall's own certificate with its chain, PEM, and its private key, PEM;"
                    + " or name pkcs12 [password]: the same as base64 of PKCS #12;"
                    + " or name certificate: an authority; or crl: a revocation list, PEM or base64",
            "remove", "name: a certificate or authority; or crl: the issuer of a revocation list, as list shows it",
            "list", "what is held");

    private final Pki pki;
    private final PkiSettings settings;

    PkiCommand(Pki pki, PkiSettings settings) {
        this.pki = pki;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "pki";
    }

    @Override
    public Map<String, String> verbs() {
        return VERBS;
    }

    @Override
    public Map<String, Object> run(String verb, Map<String, String> arguments) {
        return switch (verb) {
            case "import" -> bring(new Arguments("pki import", arguments, "name", "certificate", "key", "pkcs12", "password", "crl"),
                    arguments.getOrDefault("password", ""));
            case "remove" -> remove(new Arguments("pki remove", arguments, "name", "crl"));
            case "list" -> {
                new Arguments("pki list", arguments);
                yield list();
            }
            default -> throw Arguments.noVerb(name(), verb, VERBS);
        };
    }

    private Map<String, Object> bring(Arguments given, String password) {
        boolean key = given.has("key");
        boolean store = given.has("pkcs12");
        boolean list = given.has("crl");
        boolean certificate = given.has("certificate");
        if (list == (certificate || store) || store && (certificate || key) || list && (key || given.has("name"))) {
            throw new IllegalArgumentException("import takes name, certificate and key; or name and pkcs12; or name and certificate;"
                    + " or crl");
        }
        if (list) {
            return Map.of("imported", pki.importCrl(Pasted.crl(given.text("crl"), settings.maxCrlBytes())));
        }
        String name = given.text("name");
        if (store) {
            Pasted.KeyAndChain read = Pasted.pkcs12(given.text("pkcs12"), password);
            return shown(pki.importIdentity(name, read.chain(), read.key()));
        }
        List<X509Certificate> chain = Pasted.certificates(given.text("certificate"));
        if (key) {
            return shown(pki.importIdentity(name, chain, Pasted.key(given.text("key"), password, chain.get(0))));
        }
        if (chain.size() > 1) {
            throw new IllegalArgumentException("key is missing; an authority is one certificate without a key, here are " + chain.size());
        }
        return shown(pki.importAuthority(name, chain.get(0)));
    }

    private Map<String, Object> remove(Arguments given) {
        if (given.has("name") == given.has("crl")) {
            throw new IllegalArgumentException("remove takes either name or crl");
        }
        return Map.of("removed", given.has("name") ? pki.remove(given.text("name")) : pki.removeCrl(given.text("crl")));
    }

    private Map<String, Object> list() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("certificates", pki.held().stream().map(each -> shown(each.entry())).toList());
        all.put("crls", pki.effectiveLists().stream().map(each -> shown(each, "counts")).toList());
        all.put("waitingForAuthority", pki.waitingLists().stream().map(each -> shown(each, "waits")).toList());
        return all;
    }

    private static Map<String, Object> shown(PkiCertificate entry) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", entry.name());
        one.put("kind", entry.kind() == Kind.IDENTITY ? "identity" : "authority");
        one.put("issuer", entry.issuer());
        one.put("serial", entry.serial());
        one.put("sha256", HexFormat.of().formatHex(entry.sha256()));
        one.put("notBefore", entry.notBefore().toString());
        one.put("notAfter", entry.notAfter().toString());
        return one;
    }

    private Map<String, Object> shown(RevocationList list, String state) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("crl", list.issuer());
        one.put("issuer", list.crl().getIssuerX500Principal().getName());
        one.put("number", list.number() == null ? "" : list.number().toString());
        one.put("thisUpdate", list.thisUpdate().toString());
        one.put("nextUpdate", list.nextUpdate().map(Object::toString).orElse(""));
        one.put("revoked", list.crl().getRevokedCertificates() == null ? 0 : list.crl().getRevokedCertificates().size());
        one.put("state", list.over(pki.now()) ? "expired" : state);
        return one;
    }
}
