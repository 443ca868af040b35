/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import twinwall.run.report.Grid;
import twinwall.run.report.Paragraph;

/** What a soak has found, for people. */
final class SoakText {

    private static final int MOST_FAULTS = 20;

    private SoakText() {
    }

    static String of(Findings found, boolean colour) {
        List<String> lines = new ArrayList<>();
        lines.add(Paragraph.bold(String.format(Locale.ROOT, "%.1f minutes under load, %d failures, seed %d", found.minutes(),
                found.happened().size(), found.options().seed()), colour));
        lines.addAll(Paragraph.wrap("Failures: " + found.kinds().entrySet().stream().map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", ")) + "."));
        Grid grid = new Grid("service table", "changes", "refused", "entries\nlast", "entries\nmost", "compared", "differ",
                "repaired", "mis-\ncounted", "drift");
        found.contents().forEach((type, of) -> grid.row(type, found.steps().get(type).done(), found.steps().get(type).refused(),
                of.entries(), of.mostEntries(), of.compared(), of.differing(), of.repaired(), of.miscounted(),
                of.drift()));
        lines.addAll(grid.lines());
        Grid grown = new Grid("process", "samples", "threads\nbefore", "after", "files\nbefore", "after", "heap in use\nbefore MiB",
                "after", "resident\nmost MiB");
        found.growth().forEach((firewall, of) -> grown.row(firewall, of.samples(), of.threadsBefore(), of.threadsAfter(),
                of.filesBefore(), of.filesAfter(), mib(of.liveBefore()), mib(of.liveAfter()), mib(of.residentMost())));
        lines.addAll(grown.lines());
        lines.addAll(Paragraph.wrap("Refused: an entry was not there any more, or there already, or no firewall forwarded just then. "
                + "Repaired: the firewalls found by themselves that it differed. Miscounted: the status was off by so many. "
                + "Before and after: medians of the first and the last third "
                + "of each process's longest life" + (found.growth().values().stream().allMatch(Growth::known) ? "." : "; fewer than "
                + Growth.LEAST_SAMPLES + " samples say nothing.")));
        List<String> faults = found.faults();
        faults.stream().limit(MOST_FAULTS).forEach(fault -> lines.addAll(Paragraph.wrap(fault).stream()
                .map(line -> Paragraph.red(line, colour)).toList()));
        if (faults.size() > MOST_FAULTS) {
            lines.add("and " + (faults.size() - MOST_FAULTS) + " more.");
        }
        lines.addAll(Paragraph.wrap(String.format(Locale.ROOT, "%d warnings in the logs. Load average %.2f before, %.2f after; %d "
                + "processors.", found.warnings(), found.loadBefore(), found.loadAfter(), Runtime.getRuntime().availableProcessors())));
        Paragraph.wrap(verdict(found)).forEach(line -> lines.add(found.held() ? Paragraph.green(line, colour)
                : Paragraph.red(line, colour)));
        return String.join("\n", lines);
    }

    private static String verdict(Findings found) {
        return (found.complete() ? "" : "Stopped early. ") + String.format(Locale.ROOT, "%d of %d confirmed sessions lost, %d packets "
                + "sent, %d entries compared, %d differed: ", found.confirmedLost(), found.confirmed(), found.packets(), found.compared(),
                found.differing()) + (found.held() ? "everything held." : "not everything held.");
    }

    private static String mib(long bytes) {
        return bytes < 0 ? "-" : Long.toString(bytes >> 20);
    }
}
