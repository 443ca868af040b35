/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.session.Flow;

/** Which addresses of the pool a client may appear under. Used under the firewall's lock only. */
interface AddressChoice {

    /** No address, or no further one. */
    int NONE = -1;

    /** The next address for the client, as an offset in the {@link AddressPool}, not before {@code from}; {@link #NONE} for no more. */
    int next(int client, int from);

    /** Why a client that may use no address at all is refused. */
    DropReason refusal(int client);

    /** A session of this firewall has got its public address and port, and is about to begin. Default: nothing. */
    default void chosen(Flow flow) {
    }

    /** A session is in the table, this firewall's own or the peer's. Default: nothing. */
    default void began(Flow flow) {
    }

    /** It is no more. Default: nothing. */
    default void ended(Flow flow) {
    }

    /** Whether what gave a session of the peer its public address and port is here. Asked while it is in the table. Default: yes. */
    default boolean holds(Flow flow) {
        return true;
    }

    /** Whether what gave a session its public address and port is another's now, see {@link NatKind#lost}. Default: no. */
    default boolean lost(Flow flow) {
        return false;
    }

    /** Every client may use every address: it keeps one as long as that has a free port (RFC 4787, REQ-2). */
    static AddressChoice any(AddressPool pool) {
        return new AddressChoice() {

            @Override
            public int next(int client, int from) {
                return from < pool.size() ? from : NONE;
            }

            @Override
            public DropReason refusal(int client) {
                return DropReason.NAPT_EXHAUSTED;
            }
        };
    }
}
