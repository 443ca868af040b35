/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record;

import java.lang.invoke.MethodHandle;
import java.util.List;

import twinwall.record.Shape.Role;

/**
 * A component of a record in Java. A nested record has members of its own; everything else has an element and a slot.
 *
 * @param whole the component's value, {@code (Object)Object}, from the record that declares it
 * @param element null for a nested record
 * @param nested null unless a nested record
 * @param number whether the slot is one of the numbers
 * @param slot position among the numbers or the objects of the outermost record
 * @param get {@code (Object)long} or {@code (Object)Object} from the outermost record
 */
record Member(String name, Role role, boolean secret, MethodHandle whole, Element element, Plan nested, List<Member> members,
        boolean number, int slot, MethodHandle get) {

    static Member leaf(String name, Role role, boolean secret, MethodHandle whole, Element element, boolean number, int slot,
            MethodHandle get) {
        return new Member(name, role, secret, whole, element, null, List.of(), number, slot, get);
    }

    static Member nested(String name, Role role, boolean secret, MethodHandle whole, Plan nested, List<Member> members) {
        return new Member(name, role, secret, whole, null, nested, members, false, -1, null);
    }

    boolean isNested() {
        return nested != null;
    }

    Shape shape() {
        return isNested() ? nested.shape() : element.shape();
    }
}
