/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.sslvpn;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import twinwall.firewall.SslVpnUser;

/** Shows a folder and what is below it, and changes nothing. What lies elsewhere is not there, whether by dots or by links. */
final class FileSharing implements ChannelService {

    private static final int MOST_BYTES = 16 << 20;
    private static final int MOST_NAMES = 1000;

    private final Path folder;

    FileSharing(SslVpnSettings settings) {
        folder = settings.folder();
    }

    @Override
    public VpnService kind() {
        return VpnService.FILE_SHARING;
    }

    @Override
    public boolean configured() {
        return folder != null;
    }

    @Override
    public Map<String, Object> offer(SslVpnUser session) {
        return Map.of("path", "/file-sharing/");
    }

    @Override
    public Reply use(SslVpnUser session, String rest, Request request) {
        if (!"GET".equals(request.method())) {
            return Reply.error(405, "Files are only read.", "Use GET.").with("Allow", "GET");
        }
        try {
            Path file = find(rest);
            if (file == null) {
                return Reply.error(404, "There is no such file.", "GET /file-sharing/ shows what there is.");
            }
            return Files.isDirectory(file) ? listing(file) : content(file);
        } catch (IOException e) {
            return Reply.error(404, "The file cannot be read.", "GET /file-sharing/ shows what there is.");
        }
    }

    private Path find(String rest) throws IOException {
        Path root = folder.toRealPath();
        Path file;
        try {
            String text = URLDecoder.decode(rest.replace("+", "%2B"), StandardCharsets.UTF_8).replaceFirst("^/+", "");
            file = root.resolve(text).normalize();
        } catch (InvalidPathException e) {
            return null;
        }
        if (!file.startsWith(root) || !Files.exists(file) || !file.toRealPath().equals(file)) {
            return null;
        }
        return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) || Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? file : null;
    }

    private static Reply listing(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<String> names = files.limit(MOST_NAMES).filter(file -> !Files.isSymbolicLink(file))
                    .map(file -> file.getFileName() + (Files.isDirectory(file) ? "/" : "")).sorted().toList();
            return Reply.json(200, Map.of("files", names));
        }
    }

    private static Reply content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            return bytes.length > MOST_BYTES ? Reply.error(413, "The file is larger than " + MOST_BYTES + " bytes.", "Ask for another way.")
                    : Reply.bytes("application/octet-stream", bytes).with("Content-Disposition", "attachment");
        }
    }
}
