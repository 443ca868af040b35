/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import twinwall.record.Shape.Field;
import twinwall.record.Shape.Fields;
import twinwall.record.Shape.Role;

/**
 * How a record class is taken apart and put together. Directly nested records are flattened, so that an entry is made of its numbers
 * and its objects in two arrays, and nothing is boxed. The handles are erased: nothing here needs to see the class by name, which
 * matters between OSGi bundles.
 */
final class Plan {

    /** A method handle takes 255 arguments, a long counts twice. */
    private static final int MAX_LEAVES = 120;

    private final Class<?> type;
    private final List<Member> members;
    private final Fields shape;
    private final MethodHandle make;
    private final int numbers;
    private final Object[] initial;

    private Plan(Class<?> type, int depth) {
        Flattening flattening = new Flattening(depth);
        this.type = type;
        members = flattening.members(type, null, depth);
        if (flattening.leaves.size() > MAX_LEAVES) {
            throw new IllegalArgumentException(type.getName() + " has more than " + MAX_LEAVES
                    + " components, those of nested records included");
        }
        shape = new Fields(members.stream().map(member -> new Field(member.name(), member.role(), member.shape())).toList());
        make = fromArrays(flattened(type), flattening);
        numbers = flattening.numbers;
        initial = flattening.initial.toArray();
    }

    /** The plan of a public record class. */
    static Plan of(Class<?> type, int depth) {
        if (depth > LayoutFormat.MAX_DEPTH) {
            throw new IllegalArgumentException(type.getName() + " is nested deeper than " + LayoutFormat.MAX_DEPTH);
        }
        return new Plan(type, depth);
    }

    List<Member> members() {
        return members;
    }

    Fields shape() {
        return shape;
    }

    long[] newNumbers() {
        return new long[numbers];
    }

    /** Everything that is not a number, at its default. */
    Object[] newObjects() {
        return initial.clone();
    }

    Object make(long[] values, Object[] objects) throws RecordFormatException {
        try {
            return (Object) make.invokeExact(values, objects);
        } catch (RuntimeException e) {
            throw new RecordFormatException(type.getSimpleName() + " refuses its components: " + e.getMessage(), e);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** A record with a text form of its own as that, any other as its components. */
    Object describe(Object record) {
        String text = record.toString();
        boolean hasOwnForm = !text.startsWith(type.getSimpleName() + "[") && !hasSecrets();
        return hasOwnForm ? text : components(record);
    }

    private boolean hasSecrets() {
        return members.stream().anyMatch(member -> member.secret() || member.isNested() && member.nested().hasSecrets());
    }

    Map<String, Object> components(Object record) {
        Map<String, Object> described = new LinkedHashMap<>();
        for (Member member : members) {
            if (!member.secret()) {
                Object value = valueOf(member, record);
                if (!(value instanceof Optional<?> optional && optional.isEmpty())) {
                    described.put(member.name(), member.isNested() ? member.nested().describe(value) : member.element().describe(value));
                }
            }
        }
        return described;
    }

    private static Object valueOf(Member member, Object record) {
        try {
            return (Object) member.whole().invokeExact(record);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** A method handle declares Throwable; an accessor or a constructor throws none that is checked and worth telling apart. */
    static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
    }

    /** The canonical constructor with the arguments of directly nested records in place of these. */
    private static MethodHandle flattened(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            MethodHandle handle = MethodHandles.publicLookup().findConstructor(type, MethodType.methodType(void.class, types));
            for (int i = components.length - 1; i >= 0; i--) {
                if (types[i].isRecord()) {
                    handle = MethodHandles.collectArguments(handle, i, flattened(types[i]));
                }
            }
            return handle;
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("The constructor of " + type.getName() + " is not public", e);
        }
    }

    /** {@code (long[],Object[])Object}. */
    private static MethodHandle fromArrays(MethodHandle flattened, Flattening flattening) {
        MethodHandle handle = flattened;
        Class<?>[] erased = new Class<?>[handle.type().parameterCount()];
        int[] order = new int[erased.length];
        for (int i = 0; i < erased.length; i++) {
            Class<?> parameter = handle.type().parameterType(i);
            if (parameter == float.class || parameter == double.class) {
                handle = MethodHandles.filterArguments(handle, i, Bits.toReal(parameter));
            }
            Member leaf = flattening.leaves.get(i);
            erased[i] = leaf.number() ? long.class : Object.class;
            order[i] = leaf.number() ? leaf.slot() : flattening.numbers + leaf.slot();
        }
        int objects = erased.length - flattening.numbers;
        handle = MethodHandles.explicitCastArguments(handle, MethodType.methodType(Object.class, erased));
        Class<?>[] sorted = new Class<?>[erased.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = i < flattening.numbers ? long.class : Object.class;
        }
        handle = MethodHandles.permuteArguments(handle, MethodType.methodType(Object.class, sorted), order);
        return handle.asSpreader(flattening.numbers, Object[].class, objects).asSpreader(0, long[].class, flattening.numbers);
    }

    /** Walks through a record and those directly nested in it, and gives each leaf its slot. */
    private static final class Flattening {

        final List<Member> leaves = new ArrayList<>();
        final List<Object> initial = new ArrayList<>();
        int numbers;
        private final int rootDepth;

        Flattening(int rootDepth) {
            this.rootDepth = rootDepth;
        }

        List<Member> members(Class<?> type, MethodHandle path, int depth) {
            RecordComponent[] components = type.getRecordComponents();
            if (components.length == 0 || !Modifier.isPublic(type.getModifiers())) {
                throw new IllegalArgumentException(type.getName() + " must be public and have a component");
            }
            List<Member> members = new ArrayList<>();
            for (RecordComponent component : components) {
                members.add(member(component, path, depth));
            }
            return List.copyOf(members);
        }

        private Member member(RecordComponent component, MethodHandle path, int depth) {
            MethodHandle accessor = accessor(component);
            MethodHandle get = path == null ? accessor : MethodHandles.filterReturnValue(path, accessor);
            MethodHandle whole = accessor.asType(MethodType.methodType(Object.class, Object.class));
            Class<?> type = component.getType();
            boolean secret = component.isAnnotationPresent(Secret.class);
            Role role = depth > rootDepth ? Role.VALUE : role(component);
            if (type.isRecord()) {
                return Member.nested(component.getName(), role, secret, whole, Plan.of(type, depth + 1), members(type, get, depth + 1));
            }
            Fixed fixed = component.getAnnotation(Fixed.class);
            String where = component.getDeclaringRecord().getSimpleName() + "." + component.getName();
            if (WholeElement.width(type) != null && !type.isPrimitive() || type == Boolean.class || type == Float.class
                    || type == Double.class) {
                throw new IllegalArgumentException(where + " could be null: use the primitive type, or an Optional");
            }
            if (fixed != null && (fixed.value() < 1 || fixed.value() > Long.BYTES)) {
                throw new IllegalArgumentException(where + " is fixed to " + fixed.value() + " bytes instead of 1 to 8");
            }
            Element element = Elements.of(component.getGenericType(), fixed == null ? 0 : fixed.value(), depth + 1, where);
            Member leaf = Member.leaf(component.getName(), role, secret, whole, element, type.isPrimitive(),
                    type.isPrimitive() ? numbers++ : initial.size(), type.isPrimitive() ? Bits.toLong(get) : Bits.toObject(get));
            if (!type.isPrimitive()) {
                initial.add(element.initial());
            }
            leaves.add(leaf);
            return leaf;
        }

        private static Role role(RecordComponent component) {
            boolean key = component.isAnnotationPresent(Key.class);
            boolean soft = component.isAnnotationPresent(Soft.class);
            if (key && soft) {
                throw new IllegalArgumentException(component.getName() + " is part of the key and a soft fact");
            }
            return key ? Role.KEY : soft ? Role.SOFT : Role.VALUE;
        }

        private static MethodHandle accessor(RecordComponent component) {
            try {
                return MethodHandles.publicLookup().unreflect(component.getAccessor());
            } catch (IllegalAccessException e) {
                throw new IllegalArgumentException(component.getDeclaringRecord().getName() + " is not public", e);
            }
        }
    }
}
