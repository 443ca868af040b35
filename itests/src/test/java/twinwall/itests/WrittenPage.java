/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.Assert;

/**
 * A page of the documentation that a reader follows: files to save, commands to type, and what they print.
 *
 * @param files name to text: blocks that follow a line with nothing but a name and a colon
 * @param commands blocks of {@code sh}, from the heading "1." on (from the beginning when there is none), each with the lines that it
 *     prints
 */
record WrittenPage(Map<String, String> files, List<Commands> commands) {

    private static final Pattern BLOCK = Pattern.compile("(?:^`([^`\n]+)`:\n\n)?^```(\\w+)\n(.*?)\n^```$",
            Pattern.MULTILINE | Pattern.DOTALL);

    private static final String COLOUR = "\u001b\\[[0-9;]*m";

    /** What to type, and lines that it prints, in that order. */
    record Commands(String typed, List<String> printed) {
    }

    static WrittenPage read(Path page) throws IOException {
        String text = Files.readString(page);
        Map<String, String> files = new LinkedHashMap<>();
        List<Commands> commands = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(text);
        blocks.region(Math.max(0, text.indexOf("\n## 1.")), text.length());
        while (blocks.find()) {
            if (blocks.group(1) != null) {
                files.put(blocks.group(1), blocks.group(3) + "\n");
            } else if (blocks.group(2).equals("sh")) {
                commands.add(new Commands(blocks.group(3), new ArrayList<>()));
            } else if (blocks.group(2).equals("text")) {
                commands.get(commands.size() - 1).printed().addAll(blocks.group(3).lines().toList());
            }
        }
        return new WrittenPage(files, commands);
    }

    /** Fails when a file is not, but for the licence, the one of that name in a folder. */
    void assertSameAs(Path folder) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            String text = Files.readString(folder.resolve(file.getKey()));
            Assert.assertEquals(file.getKey(), file.getKey().endsWith(".java") ? text.substring(text.indexOf("*/\n") + 3) : text,
                    file.getValue());
        }
    }

    /** Saves the files below a folder. */
    void save(Path folder) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    /** All commands as one script for bash that stops at the first failure, and then what it has started; and says which block is next. */
    String script() {
        StringBuilder script = new StringBuilder("set -eu\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n");
        for (int i = 0; i < commands.size(); i++) {
            script.append("echo '").append(marker(i)).append("'\n").append(commands.get(i).typed()).append('\n');
        }
        return script.append("echo '").append(marker(commands.size())).append("'\n").toString();
    }

    /** What a block has printed, of all that the script has. */
    List<String> printed(String output, int block) {
        int from = output.indexOf(marker(block));
        int to = output.indexOf(marker(block + 1));
        return output.substring(from, to).lines().skip(1).map(line -> line.replaceAll(COLOUR, "")).toList();
    }

    private static String marker(int block) {
        return "== block " + block;
    }
}
