/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of the report.
 *
 * @param measure name, as {@code --only} takes it; a measure may give several lines
 * @param what is measured, in a few words
 * @param figure NaN when it could not be measured
 * @param target null when there is none
 * @param beside the competitor or limit that the figure is compared with; empty when there is none
 * @param besideFigure in the same unit; NaN when there is none
 * @param details more figures of the same run, or why it was not measured
 */
record Row(String measure, String what, double figure, String unit, Target target, String beside, double besideFigure,
        Map<String, Object> details) {

    static Row of(String measure, String what, double figure, String unit) {
        return new Row(measure, what, figure, unit, null, "", Double.NaN, new LinkedHashMap<>());
    }

    static Row notMeasured(String measure, String why) {
        return notMeasured(measure, "", why);
    }

    static Row notMeasured(String measure, String what, String why) {
        return of(measure, what, Double.NaN, "").with("notMeasured", why);
    }

    Row against(Target wanted) {
        return new Row(measure, what, figure, unit, wanted, beside, besideFigure, details);
    }

    Row beside(String label, double other) {
        return new Row(measure, what, figure, unit, target, label, other, details);
    }

    Row with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new Row(measure, what, figure, unit, target, beside, besideFigure, more);
    }

    boolean measured() {
        return !Double.isNaN(figure);
    }

    boolean missed() {
        return target != null && measured() && !target.met(figure);
    }

    /** Whether the target was met, in a word; empty when there is none. */
    String verdict() {
        return target == null ? "" : missed() ? "MISSED" : "met";
    }

    /** Figure to what it is compared with; NaN when there is nothing. */
    double ratio() {
        return besideFigure == 0 ? Double.NaN : figure / besideFigure;
    }
}
