/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.monitor;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one VRRP instance of keepalived that this firewall's role follows. Read by {@link KeepalivedMonitor}. */
@ObjectClassDefinition(name = "keepalived", description = "Votes on the role: works while a VRRP instance of keepalived is MASTER here, so "
    + "that the role goes where keepalived has the virtual address.")
@interface KeepalivedConfig {

    @AttributeDefinition(description = "The FIFO that keepalived is told as vrrp_notify_fifo. Nothing else may read it.")
    String fifo();

    @AttributeDefinition(description = "Name of the VRRP instance or group.")
    String instance();

    @AttributeDefinition(description = "What it is: instance or group.")
    String kind() default "instance";

    @AttributeDefinition(required = false, description = "Where the last state is kept over a restart of this firewall; must not outlive "
        + "a restart of the machine. Default: the FIFO's name with .state.")
    String state__file();
}
