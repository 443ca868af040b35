/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.monitor;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one monitored interface, with their defaults. Read by {@link InterfaceMonitor}. */
@ObjectClassDefinition(name = "Monitored interface", description = "Votes on the role: works while a network interface is up and has "
    + "carrier.")
@interface InterfaceConfig {

    @AttributeDefinition(description = "Name of the interface, for example eth1.")
    String $interface();

    @AttributeDefinition(description = "So many looks in a row without carrier and the item has failed, 1 to 100.")
    int fall() default 1;

    @AttributeDefinition(description = "So many looks in a row with carrier and it works again, 1 to 100.")
    int rise() default 2;
}
