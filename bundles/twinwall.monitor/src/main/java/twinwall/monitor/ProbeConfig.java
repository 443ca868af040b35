/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.monitor;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one probe, with their defaults. Read by {@link ProbeMonitor}. */
@ObjectClassDefinition(name = "Probe", description = "Votes on the role: works while a host answers.")
@interface ProbeConfig {

    @AttributeDefinition(description = "Address or name of the host. A name is looked up for each probe.")
    String host();

    @AttributeDefinition(required = false, description = "TCP port to connect to, 1 to 65535. Without it an ICMP echo request is sent, "
        + "which needs root.")
    int port();

    @AttributeDefinition(description = "Milliseconds until an answer must be there, 10 to 4000.")
    int timeout__ms() default 1000;

    @AttributeDefinition(description = "So many probes lost in a row and the item has failed, 1 to 100.")
    int fall() default 3;

    @AttributeDefinition(description = "So many probes answered in a row and it works again, 1 to 100.")
    int rise() default 2;
}
