/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import twinwall.group.DropFolder;
import twinwall.group.DroppedFile;
import twinwall.group.GroupStatus;
import twinwall.group.HotStandbyGroup;
import twinwall.group.PlannedChange;
import twinwall.settings.Settings;

/**
 * Watches the drop folder, on a thread of its own, while an engine runs. When the component goes, what came from the folder stays; another
 * one takes it over.
 */
@Component(service = DropFolder.class, immediate = true, configurationPid = DeployConfig.PID)
@Designate(ocd = DeployConfig.class)
public final class DropFolderService implements DropFolder {

    private static final System.Logger LOG = System.getLogger(DeployConfig.PID);
    private static final String KEPT = ".kept";

    private final DeploySettings settings;
    private final AtomicReference<HotStandbyGroup> group = new AtomicReference<>();
    private final Deployment deployment;
    private final DryRun dryRun;
    private final FolderWatch watch;

    /** Begins to watch. */
    @Activate
    public DropFolderService(BundleContext context, Map<String, Object> properties) {
        String home = context.getProperty("twinwall.config.dir");
        settings = DeploySettings.read(new Settings(DeployConfig.PID, properties, line -> LOG.log(Level.ERROR, line)),
            Path.of(home == null ? "" : home).toAbsolutePath());
        makeFolder(settings.signers());
        Judge judge = new Judge(settings, emptied(context.getDataFile("staging").toPath()));
        FolderBundles bundles = new FolderBundles(context, settings);
        FrameworkSurroundings surroundings = new FrameworkSurroundings(context, bundles, settings);
        deployment = new Deployment(settings, bundles, surroundings, judge, keptJars(context.getDataFile("kept").toPath()), this::status);
        dryRun = new DryRun(settings.folder(), judge, deployment, surroundings);
        LOG.log(Level.INFO, "Handlers put into " + settings.folder() + " are installed" + (settings.signers() == null
            ? ", whoever made them: require_signature=false." : "."));
        watch = new FolderWatch(new Looks(), settings.pollMillis());
        watch.begin();
    }

    /** So that an operator finds where certificates belong. When it cannot be made, the log says that it has none. */
    private static void makeFolder(Path folder) {
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException expected) {
            // It then is as good as empty.
        }
    }

    private static Path emptied(Path folder) {
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                files.forEach(Judge::delete);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("The framework's storage cannot be written", e);
        }
    }

    /** Beside the folder's jars, so that it outlives a framework that begins with an empty storage; else in the framework's storage. */
    private KeptJars keptJars(Path otherwise) {
        try {
            return new KeptJars(settings.folder().resolve(KEPT));
        } catch (IOException e) {
            LOG.log(Level.WARNING, settings.folder() + " cannot be written (" + e + "): an update that fails is rolled back, but not"
                + " after a restart.");
        }
        try {
            return new KeptJars(otherwise);
        } catch (IOException e) {
            throw new UncheckedIOException("The framework's storage cannot be written", e);
        }
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void addGroup(HotStandbyGroup added) {
        group.set(added);
    }

    /** The replacement may have been added already: only what is removed is forgotten. */
    void removeGroup(HotStandbyGroup removed) {
        group.compareAndSet(removed, null);
    }

    private GroupStatus status() {
        HotStandbyGroup present = group.get();
        return present == null ? null : present.status();
    }

    @Override
    public String path() {
        return settings.folder().toString();
    }

    @Override
    public List<DroppedFile> files() {
        return deployment.files();
    }

    @Override
    public List<PlannedChange> check() {
        return dryRun.run();
    }

    @Deactivate
    void stop() throws InterruptedException {
        watch.end();
    }

    /** An engine is what handlers are for. */
    private final class Looks implements FolderWatch.Looks {

        @Override
        public boolean wanted() {
            return group.get() != null;
        }

        @Override
        public void pass() throws InterruptedException {
            deployment.pass();
        }

        @Override
        public boolean watch() throws InterruptedException {
            return deployment.watch();
        }
    }
}
