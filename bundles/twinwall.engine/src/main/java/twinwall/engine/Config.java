/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of PID {@code twinwall.group}, for documentation and consoles. */
@ObjectClassDefinition(name = "Twinwall group", description = "This firewall's place in its hot standby group.")
@interface Config {

    /** PID. */
    String PID = "twinwall.group";

    @AttributeDefinition(description = "Name of this firewall.")
    String firewall() default "fw-a";

    @AttributeDefinition(description = "Name of the peer firewall.")
    String peer() default "fw-b";

    @AttributeDefinition(description = "How the two share the work: active-standby or load-balancing. Both firewalls need the same value.")
    String networking() default "active-standby";

    @AttributeDefinition(description = "The firewall with the higher priority becomes active; with equal ones the name that sorts first.")
    int priority() default 45000;

    @AttributeDefinition(description = "Whether a firewall that has recovered takes its work back by itself once it has every table.")
    boolean preemption() default true;

    @AttributeDefinition(description = "For so long without a break it must have been entitled to it before it takes its work back.")
    int preemption__delay__ms() default 60000;

    @AttributeDefinition(description = "Time between two hellos on each link. Where the two firewalls differ both keep to the slower.")
    int hello__interval__ms() default 1000;

    @AttributeDefinition(description = "So many hellos missed in a row and the peer is down. See hello_interval_ms.")
    int hello__misses() default 5;

    @AttributeDefinition(description = "A firewall that starts looks so long for its peer before it becomes active alone.")
    int start__wait__ms() default 10000;

    @AttributeDefinition(description = "Changes are gathered so long before they are sent, unless quick backup is on.")
    int backup__interval__ms() default 100;

    @AttributeDefinition(description = "Back entries up at creation and send them at once. Costs CPU and heartbeat bandwidth.")
    boolean quick__backup() default false;

    @AttributeDefinition(description = "Memory for changes of one table that the peer has not confirmed. Past it the table is copied "
            + "again.")
    int backlog__mib() default 128;

    @AttributeDefinition(description = "Memory for the peer's entries of all tables that have no handler here, kept until there is one; "
            + "0: nothing is kept.")
    int kept__mib() default 64;

    @AttributeDefinition(description = "The content of each table is compared with the peer's so often; 0: only on command.")
    int digest__interval__ms() default 2000;

    @AttributeDefinition(description = "A handler that makes no progress for so long takes its table out of sync.")
    int handler__deadline__ms() default 30000;

    @AttributeDefinition(description = "Monitored items are looked at so often.")
    int monitor__interval__ms() default 1000;
}
