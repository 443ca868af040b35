/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.hook;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import twinwall.group.RoleChange;
import twinwall.group.RoleListener;
import twinwall.host.WholeFile;
import twinwall.settings.Settings;
import twinwall.settings.UnusableConfiguration;

/**
 * Keeps the role in a file. After a crash of this process the file still says what held before: whoever reads it must also see whether the
 * firewall lives.
 */
@Component(service = RoleListener.class, immediate = true, configurationPid = FileHook.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = FileConfig.class, factory = true)
public final class FileHook implements RoleListener {

    static final String PID = "twinwall.hook.file";

    private final ConfiguredHook hook;

    /** What the file holds. */
    private enum Format {
        /** The role in a word. */
        NAME,
        /** 1 in a role that forwards, else 0. */
        NUMBER
    }

    /** Made for each configuration of the factory. */
    @Activate
    public FileHook(BundleContext context, Map<String, Object> properties) {
        hook = ConfiguredHook.start(context, properties, FileHook::hook);
    }

    static Hook hook(Settings settings, Path folder) throws UnusableConfiguration {
        String text = settings.text("role_file", "/run/twinwall/role");
        Format format = settings.choice("format", Format.class, Format.NAME);
        try {
            Path file = folder.resolve(text);
            if (file.getFileName() == null) {
                throw settings.unusable("role_file", text, "the path of a file");
            }
            return told -> write(file, format == Format.NAME ? told.role() : told.forwards() ? "1" : "0");
        } catch (InvalidPathException e) {
            throw settings.unusable("role_file", text, "the path of a file");
        }
    }

    private static void write(Path file, String text) throws HookFailed {
        try {
            WholeFile.write(file, text + "\n");
        } catch (IOException e) {
            throw new HookFailed(file + " cannot be written: " + e);
        }
    }

    @Override
    public void roleChanged(RoleChange change) {
        hook.tell(change);
    }

    @Deactivate
    void close() {
        hook.close();
    }
}
