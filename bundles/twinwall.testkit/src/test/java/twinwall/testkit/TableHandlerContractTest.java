/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import twinwall.testkit.LeaseHandler.Fault;
import twinwall.testkit.samples.Lease;

/** The contract passes a handler that is right and finds every way to be wrong. */
class TableHandlerContractTest {

    /** Has no component description: that one is tested by the handler bundles. */
    private static final String NEEDS_A_BUNDLE = "theComponentSaysWhichTableItBacksUp";

    private static final class Contract extends TableHandlerContract<Lease> {

        Contract(Fault fault) {
            super(Lease.class, table -> new LeaseHandler(table, fault));
        }

        @Override
        protected List<Lease> due() {
            return List.of(new Lease(1, true, "a", "1234", 60), new Lease(2, true, "b", "5678", 60));
        }

        @Override
        protected List<Lease> notDue() {
            return List.of(new Lease(3, false, "c", "0000", 60));
        }

        @Override
        protected Lease changed(Lease entry) {
            return new Lease(entry.id(), entry.ready(), entry.holder() + "'", entry.pin(), entry.remaining());
        }

        @Override
        protected Lease softChanged(Lease entry) {
            return new Lease(entry.id(), entry.ready(), entry.holder(), entry.pin(), entry.remaining() - 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyFaultIsFoundAndARightHandlerPasses(Fault fault) throws Exception {
        Set<String> failed = failed(fault);
        if (fault == Fault.NONE) {
            assertThat(failed).isEmpty();
        } else {
            assertThat(failed).isNotEmpty();
        }
    }

    @Test
    void aFaultIsFoundByTheTestThatNamesIt() throws Exception {
        assertThat(failed(Fault.FORGETS_REMOVALS)).contains("removalIsReported");
        assertThat(failed(Fault.REPORTS_WHAT_IS_RESTORED)).contains("whatIsRestoredIsNotReportedAgain");
        assertThat(failed(Fault.REPORTS_AFTER_CLOSE)).contains("closingTheWatchStopsReports");
        assertThat(failed(Fault.SOFT_FACTS_IN_THE_VALUE)).contains("softFactsDoNotChangeTheValue");
        assertThat(failed(Fault.THROWS_ON_GARBAGE)).contains("garbageFromThePeerIsRefusedWithAnIoException");
        assertThat(failed(Fault.SHOWS_SECRETS)).containsExactly("describeLeavesOutNothingButSecrets");
        assertThat(failed(Fault.ALWAYS_FURTHER)).containsExactly("compareIsAntisymmetric",
                "randomEntriesAreComparedTheSameWayOnBothFirewalls");
        assertThat(failed(Fault.CUTS_TEXT)).contains("randomEntriesTravelUnchanged");
        assertThat(failed(Fault.THROWS_WHEN_THE_CONSTRUCTOR_REFUSES)).contains("aBrokenEntryIsRefusedWithAnIoExceptionAndChangesNothing");
        assertThat(failed(Fault.STORES_BEFORE_IT_CHECKS)).containsExactly("aBrokenEntryIsRefusedWithAnIoExceptionAndChangesNothing");
        assertThat(failed(Fault.REFUSES_LATER_VERSIONS)).contains("whatALaterVersionAddedIsSkipped",
                "whatAnEarlierVersionLackedHasItsDefault");
        assertThat(failed(Fault.DROPS_CHANGES_DURING_A_SNAPSHOT)).containsExactly("aSnapshotWhileTheFirewallGoesOnMissesNothing");
        assertThat(failed(Fault.KEEPS_THE_FIREWALL_WAITING)).containsExactly("aSnapshotWhileTheFirewallGoesOnMissesNothing");
    }

    @Test
    void aHandlerWithoutAComponentDescriptionIsTold() {
        Contract contract = new Contract(Fault.NONE);
        contract.twoFirewalls();
        assertThatThrownBy(contract::theComponentSaysWhichTableItBacksUp).isInstanceOf(IOException.class)
                .hasMessageContaining("OSGI-INF/" + LeaseHandler.class.getName() + ".xml is missing");
    }

    private static Set<String> failed(Fault fault) throws IllegalAccessException {
        List<Method> tests = Stream.of(TableHandlerContract.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class) && !method.getName().equals(NEEDS_A_BUNDLE)).toList();
        assertThat(tests).hasSizeGreaterThan(15);
        Set<String> failed = new TreeSet<>();
        for (Method test : tests) {
            Contract contract = new Contract(fault);
            contract.twoFirewalls();
            try {
                test.invoke(contract);
            } catch (InvocationTargetException e) {
                failed.add(test.getName());
            }
        }
        return failed;
    }
}
