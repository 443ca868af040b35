/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;

/**
 * The body of a firewall command: a JSON object of texts, for example <code>{"address":"192.0.2.1"}</code>. Numbers and booleans are
 * taken as they are written; an empty body is an empty object. At most {@value #MOST} arguments.
 */
final class Arguments {

    static final int MOST = 64;

    private static final String NOT_AN_OBJECT = "The body is not a JSON object, or something follows it.";
    private static final String EXAMPLE = "Send a JSON object of texts, for example {\"address\":\"192.0.2.1\"}.";

    private Arguments() {
    }

    /** Reads the body; the answer's order is the body's. */
    static Map<String, String> read(byte[] body) throws BadRequest {
        String text = text(body);
        if (text.isBlank()) {
            return Map.of();
        }
        try (JsonReader json = new JsonReader(new StringReader(text))) {
            json.setStrictness(Strictness.STRICT);
            return object(json);
        } catch (IOException | IllegalStateException e) {
            throw new BadRequest(NOT_AN_OBJECT, EXAMPLE);
        }
    }

    private static String text(byte[] body) throws BadRequest {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw new BadRequest("The body is not UTF-8.", EXAMPLE);
        }
    }

    private static Map<String, String> object(JsonReader json) throws IOException, BadRequest {
        Map<String, String> arguments = new LinkedHashMap<>();
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (arguments.size() == MOST) {
                throw new BadRequest("There are more than " + MOST + " arguments.", EXAMPLE);
            }
            if (arguments.put(name, value(name, json)) != null) {
                throw new BadRequest("Argument '" + name + "' is given twice.", "Give it once.");
            }
        }
        json.endObject();
        if (json.peek() != JsonToken.END_DOCUMENT) {
            throw new IllegalStateException("something follows");
        }
        return arguments;
    }

    private static String value(String name, JsonReader json) throws IOException, BadRequest {
        return switch (json.peek()) {
            case STRING, NUMBER -> json.nextString();
            case BOOLEAN -> Boolean.toString(json.nextBoolean());
            case NULL -> throw new BadRequest("Argument '" + name + "' is null.", "Give a text, or leave it out.");
            case BEGIN_ARRAY -> throw new BadRequest("Argument '" + name + "' is a list.", "It must be a text: no lists, no objects.");
            case BEGIN_OBJECT -> throw new BadRequest("Argument '" + name + "' is an object.", "It must be a text: no lists, no objects.");
            default -> throw new BadRequest(NOT_AN_OBJECT, EXAMPLE);
        };
    }
}
