/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static twinwall.itests.Eventually.eventually;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import twinwall.group.DropFolder;
import twinwall.group.DroppedFile;
import twinwall.group.FileVerdict;
import twinwall.group.PlannedChange;

/** The drop folder of a firewall, as an operator uses it. */
final class Drop {

    private final BundleContext firewall;
    private final Path folder;

    Drop(Firewall firewall) {
        this.firewall = firewall.context();
        this.folder = firewall.folder().resolve("handlers");
    }

    Path folder() {
        return folder;
    }

    /** Copies a jar into it, as {@code cp} does: not at once. */
    void copy(Path jar, String name) throws IOException {
        Files.copy(jar, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Copies a jar into its subfolder for a dry run. */
    void copyToCheck(Path jar) throws IOException {
        Files.copy(jar, Files.createDirectories(folder.resolve("check")).resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }

    void rename(String from, String to) throws IOException {
        Files.move(folder.resolve(from), folder.resolve(to));
    }

    void remove(String name) throws IOException {
        Files.delete(folder.resolve(name));
    }

    private DropFolder service() {
        ServiceReference<DropFolder> reference = firewall.getServiceReference(DropFolder.class);
        if (reference == null) {
            throw new IllegalStateException("Nobody watches the drop folder.");
        }
        return firewall.getService(reference);
    }

    /** Every verdict. */
    List<DroppedFile> files() {
        return service().files();
    }

    List<PlannedChange> check() {
        return service().check();
    }

    /** The verdict on a file; fails while there is none. */
    DroppedFile file(String name) {
        return files().stream().filter(file -> file.file().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalStateException("Nothing is said of " + name));
    }

    /** Waits for a verdict, and answers with it. */
    DroppedFile await(String name, FileVerdict verdict) {
        eventually(name + " is " + verdict, () -> {
            if (file(name).verdict() != verdict) {
                throw new IllegalStateException(file(name).toString());
            }
            return true;
        });
        return file(name);
    }
}
