/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;
import twinwall.firewall.FirewallCommand;

class NamedServicesTest {

    private final NamedServices<FirewallCommand> commands = new NamedServices<>(FirewallCommand.COMMAND);

    private record Named(String name) implements FirewallCommand {

        @Override
        public Map<String, String> verbs() {
            return Map.of();
        }

        @Override
        public Map<String, Object> run(String verb, Map<String, String> arguments) {
            return Map.of();
        }
    }

    @Test
    void aReplacementMayComeBeforeTheOldOneGoes() {
        ServiceReference<FirewallCommand> old = reference("pki", 1);
        ServiceReference<FirewallCommand> replacement = reference("pki", 2);
        FirewallCommand second = new Named("second");
        commands.add(old, new Named("first"));
        commands.add(replacement, second);
        commands.remove(old);
        assertThat(commands.byName()).containsOnlyKeys("pki").containsValue(second);
    }

    @Test
    void ofTwoWithOneNameTheHigherRankingCounts() {
        FirewallCommand better = new Named("better");
        commands.add(reference("pki", 9), better);
        commands.add(reference("pki", 2), new Named("worse"));
        assertThat(commands.byName()).containsValue(better).hasSize(1);
    }

    @SuppressWarnings("unchecked")
    private static ServiceReference<FirewallCommand> reference(String name, int ranking) {
        return (ServiceReference<FirewallCommand>) Proxy.newProxyInstance(NamedServicesTest.class.getClassLoader(),
            new Class<?>[] {ServiceReference.class}, (proxy, method, arguments) -> switch (method.getName()) {
                case "getProperty" -> name;
                case "compareTo" -> Integer.compare(ranking, Integer.parseInt(arguments[0].toString()));
                case "toString" -> Integer.toString(ranking);
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                default -> throw new UnsupportedOperationException(method.getName());
            });
    }
}
