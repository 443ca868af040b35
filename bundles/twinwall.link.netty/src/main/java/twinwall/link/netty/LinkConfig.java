/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one heartbeat link, with their defaults. Read by {@link LinkSettings}. */
@ObjectClassDefinition(name = "Heartbeat link", description = "One TCP connection between the two firewalls of a group. "
    + "Relative paths start at the framework property twinwall.config.dir, else at the working folder.")
@interface LinkConfig {

    @AttributeDefinition(description = "Name in status and logs. Default: what follows the ~ of the PID.")
    String name() default "";

    @AttributeDefinition(description = "Place among the links, 0 to 3: the first that is ready carries the data.")
    int order() default 0;

    @AttributeDefinition(description = "Carries hellos and never data. It is enough that one of the two firewalls says so.")
    boolean heartbeat__only() default false;

    @AttributeDefinition(description = "Where the listening firewall (the one whose name sorts last) awaits its peer.")
    String listen__address() default "127.0.0.1";

    @AttributeDefinition(required = false, description = "TCP port, 1 to 65535; 0 for any free one. Needed by the listening firewall.")
    int listen__port();

    @AttributeDefinition(description = "Where the connecting firewall (the one whose name sorts first) finds its peer. "
        + "A name is looked up once, when the configuration is read.")
    String peer__address() default "127.0.0.1";

    @AttributeDefinition(required = false, description = "TCP port, 1 to 65535. Needed by the connecting firewall.")
    int peer__port();

    @AttributeDefinition(description = "TLS 1.3, both sides prove who they are. Without it sensitive tables are not sent.")
    boolean tls() default true;

    @AttributeDefinition(required = false,
        description = "PKCS12 file with this firewall's private key and certificate, readable by its owner only.")
    String keystore();

    @AttributeDefinition(required = false, description = "File that holds the keystore's password, readable by its owner only.")
    String keystore__password__file();

    @AttributeDefinition(required = false,
        description = "PEM file with the peer's certificate; several while certificates are being renewed.")
    String peer__certificate();

    @AttributeDefinition(description = "Milliseconds a try to connect may take, 10 to 60000.")
    int connect__timeout__ms() default 2000;

    @AttributeDefinition(description = "Milliseconds between tries, 10 to 60000, varied by a quarter.")
    int reconnect__pause__ms() default 500;

    @AttributeDefinition(description = "Milliseconds until the peer must have proved who it is or, without TLS, sent a frame, 50 to 60000.")
    int handshake__timeout__ms() default 5000;

    @AttributeDefinition(description = "Milliseconds without a byte taken by the peer until the connection is closed, 50 to 600000.")
    int write__timeout__ms() default 10000;
}
