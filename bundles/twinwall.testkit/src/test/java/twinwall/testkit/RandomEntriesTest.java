/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import twinwall.record.RecordCodec;
import twinwall.testkit.samples.Anything;
import twinwall.testkit.samples.Lease;
import twinwall.testkit.samples.Strict;

class RandomEntriesTest {

    @Test
    void everyTypeOfComponentIsFilledAndCanBeWrittenAndRead() throws Exception {
        RecordCodec<Anything> codec = RecordCodec.of(Anything.class);
        RandomEntries<Anything> random = new RandomEntries<>(Anything.class, 1, List.of());
        Set<Object> kinds = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            Anything entry = random.next();
            kinds.add(entry.kind());
            byte[] value = codec.value(entry);
            Anything read = codec.entry(codec.key(entry), value, codec.soft(entry));
            assertThat(codec.value(read)).isEqualTo(value);
        }
        assertThat(kinds).containsExactlyInAnyOrder((Object[]) Anything.Kind.values());
    }

    @Test
    void theSameSeedGivesTheSameEntries() {
        assertThat(leases(7)).isEqualTo(leases(7)).isNotEqualTo(leases(8));
    }

    private static List<Lease> leases(long seed) {
        RandomEntries<Lease> random = new RandomEntries<>(Lease.class, seed, List.of());
        return Stream.generate(random::next).limit(20).toList();
    }

    @Test
    void onlySoftFactsDifferWhenOthersAreAskedFor() {
        RandomEntries<Lease> random = new RandomEntries<>(Lease.class, 1, List.of());
        Lease lease = new Lease(1, true, "a", "1", 60);
        Lease other = random.withOtherSoft(lease);
        assertThat(other).isEqualTo(new Lease(1, true, "a", "1", other.remaining()));
    }

    @Test
    void aStrictRecordVariesAroundItsSamples() {
        RandomEntries<Strict> random = new RandomEntries<>(Strict.class, 1, List.of(new Strict("a.example", 5, 0)));
        assertThat(Stream.generate(random::next).limit(50).distinct().count()).isGreaterThan(5);
        assertThatThrownBy(() -> new RandomEntries<>(Strict.class, 1, List.of()).next()).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Strict takes none");
    }
}
