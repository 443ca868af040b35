/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record.samples;

import java.util.List;
import java.util.Optional;

import twinwall.record.Fixed;
import twinwall.record.Key;
import twinwall.record.Soft;

/** One record as it was, as it became, and in ways that do not fit. */
public final class Versions {

    private Versions() {
    }

    /** Two constants. */
    public enum OldState {
        /** First. */
        NEW,
        /** Second. */
        DONE
    }

    /** A constant between, and one after. */
    public enum NewState {
        /** First. */
        NEW,
        /** Added. */
        HALF,
        /** Was second. */
        DONE,
        /** Added. */
        GONE
    }

    /** Nested. */
    public record OldPart(int size) {
    }

    /** Nested, grown. */
    public record NewPart(String label, int size, boolean spare) {
    }

    /** As it was. */
    public record Old(@Key int id, OldState state, int count, boolean flag, OldPart part, List<OldPart> parts, Optional<OldPart> best,
            String dropped, @Soft long packets) {
    }

    /** As it became: components added, dropped, moved, widened. */
    public record New(String added, @Key int id, @Soft long packets, NewPart part, boolean another, boolean flag, NewState state,
            @Fixed(4) long count, List<NewPart> parts, Optional<NewPart> best, Optional<String> nothing, @Soft int moreSoft) {
    }

    /** The key is a long. */
    public record OtherKeyType(@Key long id, int count) {
    }

    /** The key has a second component. */
    public record LongerKey(@Key int id, @Key int vsys) {
    }

    /** The key has another name. */
    public record OtherKeyName(@Key int number) {
    }

    /** The count became text. */
    public record CountAsText(@Key int id, String count) {
    }

    /** A nested record became a number. */
    public record PartAsNumber(@Key int id, int part) {
    }

    /** The elements of a list became text. */
    public record PartsAsText(@Key int id, List<String> parts) {
    }

    /** A component with the name of a key component, which is none. */
    public record KeyBecameValue(@Key int other, int id) {
    }

    /** A constant in the key. */
    public record OldKeyState(@Key PrefixState state) {
    }

    /** The same, with the grown enumeration. */
    public record NewKeyState(@Key GrownState state) {
    }

    /** Two constants. */
    public enum PrefixState {
        /** First. */
        NEW,
        /** Second. */
        DONE
    }

    /** A third one at the end. */
    public enum GrownState {
        /** First. */
        NEW,
        /** Second. */
        DONE,
        /** Third. */
        GONE
    }

    /** Small numbers. */
    public record Small(@Key int id, byte count) {
    }

    /** Large numbers. */
    public record Large(@Key int id, long count) {
    }
}
