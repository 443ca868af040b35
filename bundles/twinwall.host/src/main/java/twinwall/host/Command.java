/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;

/**
 * A program with its arguments, started as it is written: no shell, no variables, no wildcards.
 *
 * @param words the program, then its arguments; never empty
 */
public record Command(List<String> words) {

    /**
     * Takes the words as they are.
     *
     * @throws IllegalArgumentException when there are none
     */
    public Command {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("it names no program");
        }
    }

    /**
     * Reads words that are separated by blanks; between two {@code "} or two {@code '} blanks belong to the word. A program with a
     * {@code /} in its name must be an executable file that not everybody can change; others are sought along the {@code PATH} when
     * they are started.
     *
     * @param folder where the program's path begins, unless it is absolute
     * @throws IllegalArgumentException what is wrong, to be put after "it cannot be used: "
     */
    public static Command parse(String text, Path folder) {
        List<String> words = split(text);
        if (!words.isEmpty() && words.get(0).indexOf('/') >= 0) {
            words.set(0, checked(words.get(0), folder));
        }
        return new Command(words);
    }

    private static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        char quote = 0;
        for (char c : text.toCharArray()) {
            boolean ends = quote == 0 && Character.isWhitespace(c);
            if (ends && word != null) {
                words.add(word.toString());
                word = null;
            } else if (!ends) {
                word = word == null ? new StringBuilder() : word;
                if (quote == 0 && (c == '"' || c == '\'')) {
                    quote = c;
                } else if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("a " + quote + " is not closed");
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }

    private static String checked(String program, Path folder) {
        try {
            Path file = folder.resolve(program).toAbsolutePath().normalize();
            if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
                throw new IllegalArgumentException(file + (Files.exists(file) ? " is not an executable file" : " does not exist"));
            }
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view != null && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new IllegalArgumentException(file + " can be changed by everybody (chmod o-w)");
            }
            return file.toString();
        } catch (InvalidPathException | IOException e) {
            throw new IllegalArgumentException(program + " cannot be read: " + e.getMessage());
        }
    }

    /** The words, separated by blanks. */
    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
