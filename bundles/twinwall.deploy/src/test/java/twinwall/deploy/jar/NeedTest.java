/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

class NeedTest {

    private static List<String> words(String imports, String bundles, String capabilities) {
        return Need.of(imports, bundles, capabilities).stream().map(Need::inWords).toList();
    }

    @Test
    void everyKindOfNeedIsSaidInWords() {
        assertThat(words("a.b;c.d;version=\"[1.2,2)\",e;version=3,java.util", "x.y;bundle-version=\"[1,2]\"",
            "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=17))\"")).containsExactly(
            "package a.b from version 1.2.0 to below 2.0.0", "package c.d from version 1.2.0 to below 2.0.0",
            "package e from version 3.0.0", "bundle x.y from version 1.0.0 to 2.0.0",
            "execution environment (&(osgi.ee=JavaSE)(version=17))");
    }

    @Test
    void whatIsOptionalOrNotAskedForWhenResolvingIsNotNeeded() {
        assertThat(words("a;resolution:=optional", "b;resolution:=optional",
            "osgi.service;filter:=\"(objectClass=x)\";effective:=active,c;resolution:=optional")).isEmpty();
        assertThat(words(null, "", null)).isEmpty();
    }

    @Test
    void aCapabilityMeetsANeedByItsFilter() {
        Need need = Need.of("a;version=\"[1.2,2)\"", null, null).get(0);
        assertThat(need.metBy(offered("1.5"))).isTrue();
        assertThat(need.metBy(offered("2"))).isFalse();
        assertThat(need.anyVersion()).isEqualTo("(osgi.wiring.package=a)");
    }

    private static Clause offered(String version) {
        return Clause.read("osgi.wiring.package;osgi.wiring.package=a;version:Version=" + version).get(0);
    }

    @Test
    void headersAreReadAsTheFrameworkDoes() {
        Clause clause = Clause.read("p;q;a=\"x;y,z\";n:Long=7;v:Version=\"1.2\";d:=\"say \\\"hi\\\"\",r").get(0);
        assertThat(clause.paths()).containsExactly("p", "q");
        assertThat(clause.attributes()).containsEntry("a", "x;y,z").containsEntry("n", 7L).containsEntry("v", new Version(1, 2, 0));
        assertThat(clause.directives()).containsEntry("d", "say \"hi\"");
        assertThatThrownBy(() -> Clause.read("a;b=\"open")).isInstanceOf(IllegalArgumentException.class);
    }
}
