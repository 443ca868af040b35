/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import twinwall.deploy.jar.JarFacts;
import twinwall.deploy.jar.JarInspector;
import twinwall.deploy.jar.Refused;
import twinwall.deploy.jar.SignerList;
import twinwall.group.FileVerdict;

/**
 * Looks into the folder's files, into each once until it or the list of signers changes. It is a copy that is looked into, and later
 * installed
 * when it still is the same: whoever writes to the folder cannot exchange a file in between.
 */
final class Judge {

    private static final System.Logger LOG = System.getLogger(DeployConfig.PID);

    private final DeploySettings settings;
    private final Path staging;
    private Map<String, Known> known = new HashMap<>();
    private Map<String, FileStamp> signerFiles;
    private volatile JarInspector inspector;

    private record Known(FileStamp stamp, JudgedFile file) {
    }

    /** {@code staging} is a folder of this process alone. */
    Judge(DeploySettings settings, Path staging) {
        this.settings = settings;
        this.staging = staging;
        readSigners();
    }

    /** Reads the signers' certificates again when their files have changed. */
    private void readSigners() {
        if (settings.signers() == null) {
            inspector = new JarInspector(settings.limits(), null);
            return;
        }
        Map<String, FileStamp> files = new TreeMap<>();
        try (Stream<Path> found = Files.list(settings.signers())) {
            for (Path file : found.toList()) {
                files.put(file.getFileName().toString(), FileStamp.of(file));
            }
        } catch (IOException expected) {
            // Reading them says what is wrong.
        }
        if (!files.equals(signerFiles)) {
            signerFiles = files;
            SignerList signers = SignerList.read(settings.signers());
            signers.complaints().forEach(complaint -> LOG.log(System.Logger.Level.ERROR, complaint));
            LOG.log(System.Logger.Level.INFO, signers.signers().isEmpty()
                ? "No certificate of a signer is in " + settings.signers() + ": no handler is accepted until one is put there."
                : "Handlers are accepted from " + signers.signers().size() + " signers, whose certificates are in " + settings.signers()
                + ".");
            inspector = new JarInspector(settings.limits(), signers);
            known.clear();
        }
    }

    /** Judges the files of a look. Called by one thread. */
    List<JudgedFile> all(SortedMap<String, FileStamp> files) {
        if (settings.signers() != null) {
            readSigners();
        }
        Map<String, Known> now = new HashMap<>();
        List<JudgedFile> judged = new ArrayList<>();
        files.forEach((name, stamp) -> {
            Known before = known.get(name);
            Known fresh = before != null && before.stamp().equals(stamp) ? before : new Known(stamp,
                judge(settings.folder().resolve(name)));
            now.put(name, fresh);
            judged.add(fresh.file());
        });
        known = now;
        return judged;
    }

    /** Judges one file. Called by any thread. */
    JudgedFile judge(Path file) {
        String name = file.getFileName().toString();
        JarInspector looking = inspector;
        Path copy = null;
        try {
            copy = copy(file);
            return JudgedFile.good(name, looking.inspect(copy));
        } catch (Refused e) {
            return JudgedFile.bad(name, e, copy == null ? "" : looking.claimedName(copy));
        } catch (IOException e) {
            return JudgedFile.bad(name, new Refused(FileVerdict.NOT_A_JAR, "It cannot be read: " + e.getMessage() + ". Nothing else is"
                + " affected."),
                "");
        } finally {
            delete(copy);
        }
    }

    /** Copies no more than a jar may have, and a byte. */
    private Path copy(Path file) throws IOException {
        Path copy = Files.createTempFile(staging, "judged", ".jar");
        try (InputStream in = Files.newInputStream(file); OutputStream out = Files.newOutputStream(copy)) {
            byte[] part = new byte[8192];
            long left = settings.limits().bytes() + 1;
            for (int n = in.read(part); n >= 0 && left > 0; n = in.read(part)) {
                out.write(part, 0, n);
                left -= n;
            }
            return copy;
        } catch (IOException e) {
            delete(copy);
            throw e;
        }
    }

    /**
     * A copy of a file that was judged, to install.
     *
     * @throws IOException when it is not the same file any more, or cannot be copied
     */
    Path stage(JudgedFile file) throws IOException {
        Path copy = copy(settings.folder().resolve(file.file()));
        if (!JarInspector.hash(copy).equals(file.facts().hash())) {
            delete(copy);
            known.remove(file.file());
            throw new IOException(file.file() + " has changed");
        }
        return copy;
    }

    /** Looks again into a jar that was good once, with the present list of signers. */
    JarFacts again(Path jar) throws Refused {
        return inspector.inspect(jar);
    }

    /** Deletes a copy; null is none. */
    static void delete(Path copy) {
        try {
            if (copy != null) {
                Files.deleteIfExists(copy);
            }
        } catch (IOException expected) {
            // Left in the staging folder, which is emptied at the next start.
        }
    }
}
