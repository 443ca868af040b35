/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import twinwall.link.ProtocolException;

/** A frame in words, read with what the protocol itself reads frames with, as far as there are such readers. */
final class FrameText {

    private static final HexFormat HEX = HexFormat.of();

    private FrameText() {
    }

    static String of(byte[] frame) throws ProtocolException {
        ByteBuffer in = ByteBuffer.wrap(frame);
        int type = Wire.octet(in);
        String text = switch (type) {
            case FrameType.GREETING -> "greeting " + Greeting.read(in);
            case FrameType.GOODBYE -> "goodbye " + Wire.text(in, "a reason");
            case FrameType.HELLO -> "hello" + numbers(in, 2) + " " + PeerHello.read(in, false) + numbers(in, 2) + watermarks(in);
            case FrameType.WATERMARKS -> "watermarks" + watermarks(in);
            case FrameType.QUICK_BACKUP -> "quick backup " + Wire.octet(in);
            case FrameType.SYNC -> "sync";
            case FrameType.SPLIT_BRAIN -> "split brain " + SplitBrain.read(in, "fw-x");
            case FrameType.OFFER -> "offer" + numbers(in, 1) + " " + Wire.text(in, "a type") + " " + offer(Offer.read(in));
            case FrameType.WITHDRAW -> "withdraw" + numbers(in, 1);
            case FrameType.ACCEPT -> "accept" + numbers(in, 1) + " " + Accept.read(in).toString().replace(", takesGaps=false", "");
            case FrameType.CHANGES -> "changes" + numbers(in, 4) + entries(in);
            case FrameType.SNAPSHOT_BEGIN -> "snapshot begin" + numbers(in, 8);
            case FrameType.SNAPSHOT_ENTRIES -> "snapshot entries" + numbers(in, 3) + entries(in);
            case FrameType.SNAPSHOT_END -> "snapshot end" + numbers(in, 3);
            case FrameType.CONFIRM -> "confirm" + numbers(in, 4);
            case FrameType.DIGEST_CHECK -> "check" + numbers(in, 1);
            case FrameType.MESSAGE -> "message " + Wire.text(in, "a topic") + " " + HEX.formatHex(Wire.bytes(in, 16_384, "a message"));
            default -> comparison(type, in);
        };
        return text + (in.hasRemaining() ? " and " + in.remaining() + " bytes" : "");
    }

    private static String comparison(int type, ByteBuffer in) throws ProtocolException {
        String head = numbers(in, 2);
        return switch (type) {
            case FrameType.DIGEST_BEGIN -> "comparison begin" + head + " bits " + Wire.octet(in) + " flags " + Wire.octet(in)
                    + eights(in, 2) + counted(in);
            case FrameType.DIGEST_ROOT -> "sums of groups" + head + (Wire.octet(in) != 0 ? " refused" : " flags " + Wire.octet(in)
                    + eights(in, 64));
            case FrameType.DIGEST_ENTRIES -> {
                StringBuilder text = new StringBuilder("entries of buckets" + head);
                while (in.hasRemaining()) {
                    text.append(numbers(in, 1)).append(' ').append(HEX.formatHex(Wire.bytes(in, Limits.KEY, "a key")))
                            .append(eights(in, 1)).append(' ').append(Wire.octet(in));
                }
                yield text.toString();
            }
            case FrameType.DIGEST_ASK -> "ask for buckets" + head + eights(in, 1);
            case FrameType.DIGEST_BUCKETS -> "sums of buckets" + head + numbers(in, 1) + " busy "
                    + HEX.formatHex(Wire.bytes(in, 1025, "busy")) + eights(in, in.remaining() / 8);
            case FrameType.DIGEST_RESULT -> "comparison result" + head + " " + Wire.octet(in) + numbers(in, 7);
            case FrameType.DIGEST_REPAIR -> "announce again" + head + " " + HEX.formatHex(Wire.bytes(in, Limits.KEY, "a key"));
            default -> throw new ProtocolException("unknown-frame", "type " + type);
        };
    }

    private static String offer(Offer offer) {
        return "number " + offer.number() + " schema " + offer.open().schema() + " layout " + HEX.formatHex(offer.open().layout())
                + " log " + offer.log() + " first clock " + offer.firstClock() + (offer.kept() ? " kept" : "")
                + (offer.origin().isKnown() ? " by " + offer.origin() : "");
    }

    private static String watermarks(ByteBuffer in) throws ProtocolException {
        long count = Wire.number(in);
        StringBuilder text = new StringBuilder(" of " + count);
        for (long i = 0; i < count; i++) {
            text.append(" (").append(numbers(in, 5).trim()).append(')');
        }
        return text.toString();
    }

    private static String entries(ByteBuffer in) throws ProtocolException {
        List<String> texts = new ArrayList<>();
        for (Entry entry : EntryCodec.read(in, Wire.number(in))) {
            texts.add(HEX.formatHex(entry.key()) + (entry.removed() ? " removed" : "=" + HEX.formatHex(entry.value())) + "/"
                    + HEX.formatHex(entry.soft()) + "@" + entry.stamp());
        }
        return " " + texts;
    }

    private static String counted(ByteBuffer in) throws ProtocolException {
        return numbers(in, (int) Wire.number(in));
    }

    private static String numbers(ByteBuffer in, int count) throws ProtocolException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(' ').append(Wire.number(in));
        }
        return text.toString();
    }

    private static String eights(ByteBuffer in, int count) throws ProtocolException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(' ').append(Long.toHexString(Wire.eight(in)));
        }
        return text.toString();
    }
}
