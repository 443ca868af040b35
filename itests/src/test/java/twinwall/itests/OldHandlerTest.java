/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static org.junit.Assert.assertEquals;
import static twinwall.itests.Eventually.eventually;

import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;

import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** A handler that was compiled against version 1.0 of the SPI backs up its table with this suite. */
@RunWith(PaxExam.class)
public class OldHandlerTest {

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] node() throws Exception {
        Option[] options = Node.options(getClass());
        VendorBundles.makeFor(Releases.of("twinwall.spi", "0.8.0"), Node.work(getClass()).resolve("vendor"));
        return options;
    }

    @Test
    public void aHandlerForSpi10RunsOnThisOne() throws Exception {
        List<Bundle> handlers = new ArrayList<>();
        try (Pair pair = Pair.inSync(context);
                Shelf onA = new Shelf(pair.a().context(), "shelf");
                Shelf onB = new Shelf(pair.b().context(), "shelf")) {
            onA.put("before", "1");
            for (Firewall firewall : List.of(pair.a(), pair.b())) {
                Bundle bundle = firewall.context().installBundle(pair.vendorBundle("old").toUri().toString());
                bundle.start();
                handlers.add(bundle);
            }
            assertEquals("twinwall.spi;version=\"[1.0,2)\"", spiImport(handlers.get(0)));
            eventually("the old handlers work", () -> pair.a().table("shelf").inSync() && pair.b().table("shelf").inSync());
            onA.put("after", "2");
            onB.put("other", "3");
            eventually("entries go both ways", () -> "1".equals(onB.get("before")) && "2".equals(onB.get("after"))
                    && "3".equals(onA.get("other")));
            onA.remove("before");
            eventually("removals do", () -> onB.get("before") == null);
        } finally {
            if (!handlers.isEmpty()) {
                handlers.get(handlers.size() - 1).uninstall();
            }
        }
    }

    private static String spiImport(Bundle bundle) {
        return List.of(bundle.getHeaders().get("Import-Package").split(",(?=twinwall)")).stream()
                .filter(clause -> clause.startsWith("twinwall.spi")).findFirst().orElse("");
    }
}
