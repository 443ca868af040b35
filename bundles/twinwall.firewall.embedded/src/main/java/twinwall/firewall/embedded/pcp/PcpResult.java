/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pcp;

/** Result codes of PCP (RFC 6887, section 7.4); the ordinal is the code. */
enum PcpResult {
    SUCCESS(true),
    UNSUPP_VERSION(true),
    NOT_AUTHORIZED(true),
    MALFORMED_REQUEST(true),
    UNSUPP_OPCODE(true),
    UNSUPP_OPTION(true),
    MALFORMED_OPTION(true),
    NETWORK_FAILURE(false),
    NO_RESOURCES(false),
    UNSUPP_PROTOCOL(true),
    USER_EX_QUOTA(false),
    CANNOT_PROVIDE_EXTERNAL(false),
    ADDRESS_MISMATCH(true),
    EXCESSIVE_REMOTE_PEERS(true);

    private static final int LONG_SECONDS = 1800;
    private static final int SHORT_SECONDS = 30;

    private final boolean lasting;

    PcpResult(boolean lasting) {
        this.lasting = lasting;
    }

    /** How long a client should take the error for granted. */
    int lifetimeSeconds() {
        return lasting ? LONG_SECONDS : SHORT_SECONDS;
    }
}
