/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record;

import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import twinwall.record.Shape.Plain;
import twinwall.record.Shape.Role;
import twinwall.record.Shape.Whole;

/** Writes one section of an entry, or a whole record that stands in a list: first the bits, then the components in order. */
final class SectionWriter {

    private static final int BIT = 0;
    private static final int VARIABLE = 1;
    private static final int NUMBER = 2;
    private static final int REAL = 3;
    private static final int MAYBE = 4;
    private static final int OBJECT = 5;

    private final Step[] steps;
    private final int bitBytes;

    private SectionWriter(List<Member> members) {
        List<Step> flat = new ArrayList<>();
        int bits = collect(members, "", flat, 0);
        steps = flat.toArray(Step[]::new);
        bitBytes = bits + 7 >>> 3;
    }

    static SectionWriter of(Plan plan, Role role) {
        return new SectionWriter(plan.members().stream().filter(member -> member.role() == role).toList());
    }

    static SectionWriter all(Plan plan) {
        return new SectionWriter(plan.members());
    }

    private static int collect(List<Member> members, String path, List<Step> steps, int firstBit) {
        int bit = firstBit;
        for (Member member : members) {
            if (member.isNested()) {
                bit = collect(member.members(), path + member.name() + ".", steps, bit);
            } else {
                Step step = new Step(member, path + member.name(), bit);
                steps.add(step);
                bit += step.operation == BIT || step.operation == MAYBE ? 1 : 0;
            }
        }
        return bit;
    }

    void write(ByteWriter out, Object record) {
        int bits = out.room(bitBytes);
        Step step = null;
        try {
            for (int i = 0; i < steps.length; i++) {
                step = steps[i];
                step.write(out, record, bits);
            }
        } catch (NullPointerException e) {
            throw new IllegalArgumentException("Component '" + step.path + "' of " + record + " is null", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Component '" + step.path + "': " + e.getMessage(), e);
        } catch (Throwable e) {
            throw Plan.unexpected(e);
        }
    }

    private static final class Step {

        final int operation;
        final String path;
        private final MethodHandle get;
        private final int bit;
        private final Whole whole;
        private final int realBytes;
        private final Element element;

        Step(Member member, String path, int bit) {
            this.path = path;
            this.bit = bit;
            get = member.get();
            operation = operation(member);
            whole = member.shape() instanceof Whole number ? number : null;
            realBytes = member.shape() == Plain.FLOAT ? Float.BYTES : Double.BYTES;
            element = member.element() instanceof Elements.OfMaybe maybe ? maybe.of : member.element();
        }

        private static int operation(Member member) {
            if (member.shape() == Plain.BOOLEAN) {
                return BIT;
            } else if (member.shape() instanceof Whole whole) {
                return whole.fixed() == 0 && whole.width().signed() ? VARIABLE : NUMBER;
            } else if (member.shape() == Plain.FLOAT || member.shape() == Plain.DOUBLE) {
                return REAL;
            }
            return member.element() instanceof Elements.OfMaybe ? MAYBE : OBJECT;
        }

        void write(ByteWriter out, Object record, int bits) throws Throwable {
            switch (operation) {
                case VARIABLE -> out.signed((long) get.invokeExact(record));
                case NUMBER -> WholeElement.write(out, whole, (long) get.invokeExact(record));
                case BIT -> {
                    if ((long) get.invokeExact(record) != 0) {
                        out.setBit(bits, bit);
                    }
                }
                case REAL -> out.fixed((long) get.invokeExact(record), realBytes);
                case MAYBE -> {
                    Optional<?> value = (Optional<?>) (Object) get.invokeExact(record);
                    if (value.isPresent()) {
                        out.setBit(bits, bit);
                        element.write(out, value.get());
                    }
                }
                default -> element.write(out, (Object) get.invokeExact(record));
            }
        }
    }
}
