/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static twinwall.itests.Eventually.eventually;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
        Path folder = Path.of(context.getProperty("twinwall.itests.work")).resolve("b");
        Settings.add(folder, "twinwall.monitor.interface-lo", Map.of("interface", "lo"));
        Settings.add(folder, "twinwall.monitor.probe-self", Map.of("host", "127.0.0.1"));
        Settings.add(folder, "twinwall.monitor.script-true", Map.of("command", "true"));
        Settings.add(folder, "twinwall.monitor.keepalived-none", Map.of("fifo", "no-such-fifo", "instance", "VI_1"));
        Settings.add(folder, "twinwall.hook.script-true", Map.of("command", "true"));
        Settings.add(folder, "twinwall.hook.file-role", Map.of("role_file", "role"));
        try (Pair pair = Pair.inSync(context)) {
            List<ComponentDescriptionDTO> all = components.getComponentDescriptionDTOs().stream()
                    .filter(component -> component.bundle.symbolicName.startsWith("twinwall.")).toList();
            assertTrue("components: " + all.size(), all.size() >= 12);
            assertEquals("fw-b", pair.b().status().firewall());
            assertEquals(List.of(), all.stream().filter(component -> !isSatisfied(component)).map(component -> component.name).toList());
            eventually("every item is looked at, and what does not work is named", () -> pair.b().status().monitoredItems().stream()
                    .map(item -> item.name() + " " + item.works()).toList().equals(List.of("interface lo true", "keepalived VI_1 false",
                    "probe self true", "script true true")));
            eventually("the role is in the file", () -> Files.readString(folder.resolve("role")).equals("standby\n"));
        }
        eventually("and the file says that nobody writes it any more", () -> Files.readString(folder.resolve("role"))
                .equals("stopped\n"));
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
