/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import javax.inject.Inject;

import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import twinwall.group.GroupStatus;
import twinwall.group.GroupStatus.LinkState;
import twinwall.group.TableStatus;

/** The bundles of a node work together in Felix. */
@RunWith(PaxExam.class)
public class SuiteStartsTest {

    @Inject
    private BundleContext context;
    @Inject
    private ServiceComponentRuntime components;

    @Configuration
    public Option[] node() {
        return Node.options(getClass());
    }

    @Test
    public void everyBundleIsActive() {
        assertEquals(List.of(), Stream.of(context.getBundles()).filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                .map(Bundle::toString).toList());
    }

    @Test
    public void everyComponentIsSatisfiedOnceItIsConfigured() throws Exception {
        try (Pair pair = Pair.inSync(context)) {
            List<ComponentDescriptionDTO> all = components.getComponentDescriptionDTOs().stream()
                    .filter(component -> component.bundle.symbolicName.startsWith("twinwall.")).toList();
            assertTrue("components: " + all.size(), all.size() >= 12);
            assertEquals("fw-b", pair.b().status().firewall());
            assertEquals(List.of(), all.stream().filter(component -> !isSatisfied(component)).map(component -> component.name).toList());
        }
    }

    private boolean isSatisfied(ComponentDescriptionDTO component) {
        List<ComponentConfigurationDTO> configurations = List.copyOf(components.getComponentConfigurationDTOs(component));
        return !configurations.isEmpty() && configurations.stream().allMatch(each -> each.state == ComponentConfigurationDTO.ACTIVE
                || each.state == ComponentConfigurationDTO.SATISFIED);
    }

    @Test
    public void theStatusListsEveryTableWithItsHandler() throws Exception {
        try (Pair pair = Pair.inSync(context)) {
            GroupStatus status = pair.b().status();
            List<TableStatus> backedUp = status.tables().stream().filter(TableStatus::backedUp).toList();
            assertTrue(backedUp.stream().map(TableStatus::type).toList().containsAll(Firewall.TABLES));
            assertTrue(backedUp.stream().map(table -> table.handler().bundle()).toList().containsAll(List.of("twinwall.handler.blacklist",
                    "twinwall.handler.session.ipv4", "twinwall.handler.session.ipv6", "twinwall.handler.nat.napt")));
            assertEquals("fw-b", status.firewall());
            assertEquals("fw-a", status.peer().firewall());
            assertEquals(List.of(LinkState.RUNNING), status.links().stream().map(GroupStatus.LinkStatus::state).toList());
            assertTrue(status.links().get(0).confidential());
        }
    }
}
