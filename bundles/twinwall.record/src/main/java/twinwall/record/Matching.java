/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import twinwall.record.SectionReader.Operation;
import twinwall.record.SectionReader.Step;
import twinwall.record.Shape.Constants;
import twinwall.record.Shape.Field;
import twinwall.record.Shape.Fields;
import twinwall.record.Shape.Many;
import twinwall.record.Shape.Maybe;
import twinwall.record.Shape.Plain;
import twinwall.record.Shape.Role;
import twinwall.record.Shape.Whole;

/** Brings the peer's layout and the record here together, by names, and says in plain words where that is not possible. */
final class Matching {

    private final List<Step> steps = new ArrayList<>();
    private final boolean key;
    private int bits;

    private Matching(boolean key) {
        this.key = key;
    }

    /** How to read one section. */
    static SectionReader section(Fields peer, Role role, Plan own) throws IncompatibleLayoutException {
        Fields section = new Fields(peer.fields().stream().filter(field -> field.role() == role).toList());
        List<Member> candidates = own.members().stream().filter(member -> (member.role() == Role.KEY) == (role == Role.KEY)).toList();
        Matching matching = new Matching(role == Role.KEY);
        matching.fields(section, candidates, "");
        return new SectionReader(matching.steps, matching.bits);
    }

    private SectionReader record(Fields peer, List<Member> own, String path) throws IncompatibleLayoutException {
        Matching matching = new Matching(key);
        matching.fields(peer, own, path + ".");
        return new SectionReader(matching.steps, matching.bits);
    }

    /** Both must have the same key in the same bytes: it is what an entry is found by. Constants may be added at the end. */
    static void requireSameKey(Fields peer, Fields own) throws IncompatibleLayoutException {
        List<Field> theirs = peer.fields().stream().filter(field -> field.role() == Role.KEY).toList();
        List<Field> ours = own.fields().stream().filter(field -> field.role() == Role.KEY).toList();
        for (int i = 0; i < Math.max(theirs.size(), ours.size()); i++) {
            if (i >= theirs.size()) {
                throw new IncompatibleLayoutException("Key component '" + ours.get(i).name() + "' is missing on the peer");
            } else if (i >= ours.size()) {
                throw new IncompatibleLayoutException("Key component '" + theirs.get(i).name() + "' of the peer is missing here");
            } else if (!theirs.get(i).name().equals(ours.get(i).name())) {
                throw new IncompatibleLayoutException("Key component " + (i + 1) + " is '" + ours.get(i).name() + "' here and '"
                        + theirs.get(i).name() + "' on the peer");
            } else if (!sameInKey(theirs.get(i).shape(), ours.get(i).shape())) {
                throw differs("Key component '", ours.get(i).name(), ours.get(i).shape(), theirs.get(i).shape());
            }
        }
    }

    private static boolean sameInKey(Shape peer, Shape own) {
        if (peer instanceof Constants theirs && own instanceof Constants ours) {
            int shared = Math.min(theirs.names().size(), ours.names().size());
            return theirs.names().subList(0, shared).equals(ours.names().subList(0, shared));
        } else if (peer instanceof Maybe theirs && own instanceof Maybe ours) {
            return sameInKey(theirs.of(), ours.of());
        } else if (peer instanceof Many theirs && own instanceof Many ours) {
            return sameInKey(theirs.of(), ours.of());
        } else if (peer instanceof Fields theirs && own instanceof Fields ours) {
            boolean same = theirs.fields().size() == ours.fields().size();
            for (int i = 0; same && i < theirs.fields().size(); i++) {
                same = theirs.fields().get(i).name().equals(ours.fields().get(i).name())
                        && sameInKey(theirs.fields().get(i).shape(), ours.fields().get(i).shape());
            }
            return same;
        }
        return peer.equals(own);
    }

    private static IncompatibleLayoutException differs(String what, String name, Shape own, Shape peer) {
        return new IncompatibleLayoutException(what + name + "' is " + own.words() + " here and " + peer.words() + " on the peer");
    }

    private void fields(Fields peer, List<Member> own, String path) throws IncompatibleLayoutException {
        for (Field field : peer.fields()) {
            Member member = own.stream().filter(each -> each.name().equals(field.name())).findFirst().orElse(null);
            String name = path + field.name();
            if (member != null && member.isNested() != field.shape() instanceof Fields) {
                throw differs("Component '", name, member.shape(), field.shape());
            }
            if (field.shape() instanceof Fields nested) {
                fields(nested, member == null ? List.of() : member.members(), name + ".");
            } else {
                leaf(field.shape(), member, name);
            }
        }
    }

    private void leaf(Shape peer, Member own, String path) throws IncompatibleLayoutException {
        int slot = own == null ? -1 : own.slot();
        Element element = own == null ? null : own.element();
        requireSameKind(peer, element, path);
        if (peer == Plain.BOOLEAN) {
            steps.add(new Step(path, Operation.BIT, slot, bits++, null, 0, 0, null));
        } else if (peer instanceof Whole whole) {
            steps.add(new Step(path, Operation.WHOLE, slot, 0, whole, min(whole, element), max(whole, element), null));
        } else if (peer == Plain.FLOAT) {
            steps.add(new Step(path, Operation.FLOAT, slot, 0, null, 0, 0, null));
        } else if (peer == Plain.DOUBLE) {
            steps.add(new Step(path, Operation.DOUBLE, slot, 0, null, 0, 0, null));
        } else if (peer instanceof Maybe maybe) {
            Element of = element instanceof Elements.OfMaybe ours ? ours.of : null;
            steps.add(new Step(path, Operation.MAYBE, slot, bits++, null, 0, 0, reading(maybe.of(), of, path)));
        } else {
            steps.add(new Step(path, Operation.OBJECT, slot, 0, null, 0, 0, reading(peer, element, path)));
        }
    }

    private static long min(Whole peer, Element own) {
        return own == null ? peer.min() : Math.max(peer.min(), ((Whole) own.shape()).min());
    }

    private static long max(Whole peer, Element own) {
        return own == null ? peer.max() : Math.min(peer.max(), ((Whole) own.shape()).max());
    }

    private static void requireSameKind(Shape peer, Element own, String path) throws IncompatibleLayoutException {
        boolean same = own == null || (peer instanceof Plain ? peer == own.shape() : peer.getClass() == own.shape().getClass());
        if (!same) {
            throw differs("Component '", path, own.shape(), peer);
        }
    }

    /** How to read a value that stands on its own. */
    private Element.Reading reading(Shape peer, Element own, String path) throws IncompatibleLayoutException {
        requireSameKind(peer, own, path);
        if (peer instanceof Plain plain) {
            return in -> PlainElement.read(plain, in);
        } else if (peer instanceof Whole whole) {
            Whole ours = own == null ? whole : (Whole) own.shape();
            long min = min(whole, own);
            long max = max(whole, own);
            return in -> WholeElement.box(ours.width(), WholeElement.read(in, whole, min, max));
        } else if (peer instanceof Constants constants) {
            return constants(constants, own == null ? null : (Elements.OfConstants) own);
        } else if (peer instanceof Maybe maybe) {
            Element.Reading of = reading(maybe.of(), own == null ? null : ((Elements.OfMaybe) own).of, path);
            return in -> in.flag() ? Optional.of(of.read(in)) : Optional.empty();
        } else if (peer instanceof Many many) {
            Element.Reading of = reading(many.of(), own == null ? null : ((Elements.OfMany) own).of, path);
            return in -> list(in, of);
        }
        Plan plan = own == null ? null : ((Elements.OfRecord) own).plan;
        SectionReader section = record((Fields) peer, plan == null ? List.of() : plan.members(), path);
        return plan == null ? in -> skip(in, section) : in -> record(in, section, plan);
    }

    /** An unknown constant becomes the first one. Not in a key, where two entries would become one. */
    private Element.Reading constants(Constants peer, Elements.OfConstants own) {
        Object[] table = new Object[peer.names().size()];
        for (int i = 0; i < table.length; i++) {
            int here = own == null ? -1 : ((Constants) own.shape()).names().indexOf(peer.names().get(i));
            Object unknown = own == null ? peer.names().get(i) : key ? null : own.constants[0];
            table[i] = here < 0 ? unknown : own.constants[here];
        }
        return in -> {
            int number = in.below(table.length, "the number of a constant");
            if (table[number] == null) {
                throw new RecordFormatException("the constant " + peer.names().get(number) + " is unknown here");
            }
            return table[number];
        };
    }

    private static List<Object> list(ByteReader in, Element.Reading of) throws RecordFormatException {
        int count = in.count();
        List<Object> list = new ArrayList<>(Math.min(count, 64));
        for (int i = 0; i < count; i++) {
            list.add(of.read(in));
        }
        return List.copyOf(list);
    }

    private static Object skip(ByteReader in, SectionReader section) throws RecordFormatException {
        section.read(in, null, null);
        return section;
    }

    private static Object record(ByteReader in, SectionReader section, Plan plan) throws RecordFormatException {
        long[] numbers = plan.newNumbers();
        Object[] objects = plan.newObjects();
        section.read(in, numbers, objects);
        return plan.make(numbers, objects);
    }
}
