/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Method handles that carry every primitive value in a long. */
final class Bits {

    private Bits() {
    }

    /** {@code (Record)primitive} as {@code (Object)long}. */
    static MethodHandle toLong(MethodHandle getter) {
        Class<?> type = getter.type().returnType();
        MethodHandle bits = getter;
        if (type == float.class) {
            bits = MethodHandles.filterReturnValue(getter, named(Float.class, "floatToIntBits", int.class, float.class));
        } else if (type == double.class) {
            bits = MethodHandles.filterReturnValue(getter, named(Double.class, "doubleToLongBits", long.class, double.class));
        }
        return MethodHandles.explicitCastArguments(bits, MethodType.methodType(long.class, Object.class));
    }

    /** {@code (Record)T} as {@code (Object)Object}. */
    static MethodHandle toObject(MethodHandle getter) {
        return getter.asType(MethodType.methodType(Object.class, Object.class));
    }

    /** {@code (long)float} or {@code (long)double}, the reverse of {@link #toLong}. */
    static MethodHandle toReal(Class<?> type) {
        MethodHandle real = type == float.class
                ? named(Float.class, "intBitsToFloat", float.class, int.class)
                : named(Double.class, "longBitsToDouble", double.class, long.class);
        return MethodHandles.explicitCastArguments(real, MethodType.methodType(type, long.class));
    }

    private static MethodHandle named(Class<?> owner, String name, Class<?> result, Class<?> argument) {
        try {
            return MethodHandles.publicLookup().findStatic(owner, name, MethodType.methodType(result, argument));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(owner + " has no " + name, e);
        }
    }
}
