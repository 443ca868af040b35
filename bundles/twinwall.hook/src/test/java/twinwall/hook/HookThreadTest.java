/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import twinwall.group.Role;
import twinwall.group.RoleChange;
import twinwall.group.Share;

@Timeout(30)
class HookThreadTest {

    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private volatile Role present = Role.INITIALIZING;

    private final HookThread.Group group = new HookThread.Group() {

        @Override
        public String firewall() {
            return "fw-a";
        }

        @Override
        public Role role() {
            return present;
        }
    };

    private static RoleChange change(Role from, Role to) {
        return new RoleChange(from, to, to == Role.ACTIVE ? Share.ALL : Share.NONE, "a reason", Instant.EPOCH, 45_000, 44_998);
    }

    private String next() throws InterruptedException {
        Told next = told.poll(20, TimeUnit.SECONDS);
        return next == null ? "nothing" : next.oldRole() + " " + next.role();
    }

    private static String leftOf(BlockingQueue<Told> told) {
        return String.join(", ", told.stream().map(each -> each.oldRole() + " " + each.role()).toList());
    }

    @Test
    void changesComeInOrderFromTheUnknownRoleToTheEnd() throws Exception {
        try (HookThread thread = new HookThread("t", told::add, group, 20_000)) {
            assertThat(next()).isEqualTo("initializing initializing");
            thread.tell(change(Role.INITIALIZING, Role.STANDBY));
            assertThat(next()).isEqualTo("initializing standby");
            thread.tell(change(Role.STANDBY, Role.ACTIVE));
            assertThat(next()).isEqualTo("standby active");
        }
        assertThat(leftOf(told)).isEqualTo("active stopped");
    }

    @Test
    void aHookThatComesLaterBeginsWithThePresentRole() throws Exception {
        present = Role.ACTIVE;
        try (HookThread thread = new HookThread("t", told::add, group, 20_000)) {
            thread.tell(change(Role.STANDBY, Role.ACTIVE));
            assertThat(next()).as("not as if the role were unknown: that would take away what is there").isEqualTo("initializing active");
        }
    }

    @Test
    void everythingIsInTheEnvironment() throws Exception {
        present = Role.STANDBY;
        try (HookThread thread = new HookThread("t", told::add, group, 20_000)) {
            thread.tell(change(Role.STANDBY, Role.ACTIVE));
            assertThat(told.poll(20, TimeUnit.SECONDS).environment()).containsExactlyInAnyOrderEntriesOf(Map.of(
                "TWINWALL_FIREWALL", "fw-a", "TWINWALL_OLD_ROLE", "initializing", "TWINWALL_ROLE", "active", "TWINWALL_SHARE", "all",
                "TWINWALL_REASON", "a reason", "TWINWALL_LOCAL_PRIORITY", "45000", "TWINWALL_PEER_PRIORITY", "44998",
                "TWINWALL_AT", "1970-01-01T00:00:00Z"));
        }
    }

    @Test
    void aHookThatIsBehindSkipsToTheNewestChangeAndHoldsUpNobody() throws Exception {
        present = Role.STANDBY;
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Hook slow = each -> {
            entered.countDown();
            go.await();
            told.add(each);
        };
        try (HookThread thread = new HookThread("t", slow, group, 20_000)) {
            thread.tell(change(Role.STANDBY, Role.ACTIVE));
            entered.await();
            for (int i = 0; i < 100; i++) {
                thread.tell(change(Role.ACTIVE, Role.STANDBY));
                thread.tell(change(Role.STANDBY, Role.ACTIVE));
            }
            thread.tell(change(Role.ACTIVE, Role.STANDBY));
            go.countDown();
            assertThat(next()).isEqualTo("initializing active");
            assertThat(next()).as("what it was told last, and what holds now").isEqualTo("active standby");
        }
        assertThat(leftOf(told)).isEqualTo("standby stopped");
    }

    @Test
    void aHookThatFailsIsToldTheNextChange() throws Exception {
        present = Role.STANDBY;
        List<RuntimeException> failures = List.of(new IllegalStateException("broken"));
        Hook failing = each -> {
            told.add(each);
            if (each.role().equals("active")) {
                throw failures.get(0);
            }
            throw new HookFailed("no such address");
        };
        try (HookThread thread = new HookThread("t", failing, group, 20_000)) {
            thread.tell(change(Role.STANDBY, Role.ACTIVE));
            assertThat(next()).isEqualTo("initializing active");
            thread.tell(change(Role.ACTIVE, Role.STANDBY));
            assertThat(next()).isEqualTo("active standby");
        }
    }

    @Test
    void whatWasToldBeforeTheEndIsStillDone() throws Exception {
        present = Role.ACTIVE;
        HookThread thread = new HookThread("t", told::add, group, 20_000);
        thread.tell(change(Role.ACTIVE, Role.STANDBY));
        thread.close();
        assertThat(leftOf(told)).isEqualTo("initializing standby, standby stopped");
    }

    @Test
    void aHookThatHangsIsInterruptedAtTheEnd() throws Exception {
        present = Role.ACTIVE;
        CountDownLatch interrupted = new CountDownLatch(1);
        Hook hanging = each -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        };
        HookThread thread = new HookThread("t", hanging, group, 10);
        thread.tell(change(Role.ACTIVE, Role.STANDBY));
        thread.close();
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }
}
