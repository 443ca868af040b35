/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.List;

/** Says to people what {@link Preemption} plans: what will happen when, what it waits for, or why nothing happens. */
final class Outlook {

    /** How long what was done on command stays. */
    static final String UNTIL = "until the next failover, restart of a firewall or change of a monitored item.";

    private static final int MOST_TOLD = 3;

    private final MemberSettings settings;
    private final Roles roles;
    private final Preemption preemption;
    private final List<String> failedItems;

    Outlook(MemberSettings settings, Roles roles, Preemption preemption, List<String> failedItems) {
        this.settings = settings;
        this.roles = roles;
        this.preemption = preemption;
        this.failedItems = failedItems;
    }

    /**
     * One line each.
     *
     * @param lacks what the one that is to get something lacks, for the middle of a sentence, empty when that is not known; null when it
     *     is proved ready
     */
    List<String> lines(String lacks, long now) {
        Preemption.Plan plan = preemption.plan(now);
        String taker = plan.gives() ? settings.peer() : settings.firewall();
        String giver = plan.gives() ? settings.firewall() : settings.peer();
        boolean balancing = settings.roles().loadBalancing();
        return switch (plan.kind()) {
            case NOTHING -> List.of();
            case UNHEARD -> List.of(items(plan, giver) + "; no switchover: " + taker + " is not heard.");
            case NOT_BELOW -> List.of(items(plan, giver) + "; no switchover: its priority " + priority(plan.gives()) + " is not below "
                    + priority(!plan.gives()) + " of " + taker + ".");
            case ITEMS -> List.of(items(plan, giver) + "; " + taker + when(plan, lacks, "takes over", "take over", giver, now));
            case UNFIT -> List.of(taker + " gets its half when its monitored items work.");
            case SUSPENDED -> List.of("The roles were changed on command and stay so " + UNTIL);
            case OFF -> List.of(taker + (balancing ? " does not get its half by itself" : " has the higher priority and does not preempt")
                    + ": preemption=false. Use switchover on " + giver + ".");
            case PREEMPTION -> List.of(taker + when(plan, lacks, "preempts", "preempt", giver, now));
            case SHARE -> List.of(taker + when(plan, lacks, "gets its half", "get its half", giver, now));
        };
    }

    private int priority(boolean here) {
        return here ? roles.priority() : roles.peer().priority();
    }

    private String items(Preemption.Plan plan, String giver) {
        String which = plan.gives() ? shown(failedItems) : String.valueOf(roles.peer().failedItems());
        return "Monitored items failed at " + giver + " (" + which + ")";
    }

    private String when(Preemption.Plan plan, String lacks, String does, String will, String giver, long now) {
        String inSync = lacks == null ? "" : lacks.isEmpty() ? " when it is ready"
                : " when " + lacks + (lacks.contains(", ") ? " are in sync" : " is in sync");
        long pause = plan.gives() ? preemption.pauseLeft(now) : 0;
        if (plan.remainingMillis() > 0) {
            return " " + does + " in " + seconds(plan.remainingMillis()) + " s" + (lacks == null ? "." : ", or then" + inSync + ".");
        }
        if (lacks != null) {
            return " will " + will + inSync + ".";
        }
        if (pause > 0) {
            return " did not get everything: " + preemption.lastFailure() + " Tried again in " + seconds(pause) + " s.";
        }
        return " " + does + (plan.gives() ? " now." : " when " + giver + " hands over.");
    }

    private static long seconds(long millis) {
        return (millis + 999) / 1000;
    }

    /** The first of them. */
    static String shown(List<String> failedItems) {
        int more = failedItems.size() - MOST_TOLD;
        return String.join("; ", failedItems.subList(0, Math.min(MOST_TOLD, failedItems.size())))
                + (more > 0 ? "; and " + more + " more" : "");
    }
}
