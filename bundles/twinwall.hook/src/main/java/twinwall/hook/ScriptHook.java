/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.hook;

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
import twinwall.host.Command;
import twinwall.host.Outcome;
import twinwall.host.Program;
import twinwall.settings.Settings;
import twinwall.settings.UnusableConfiguration;

/** Runs a program at every role change, with the change in its environment. */
@Component(service = RoleListener.class, immediate = true, configurationPid = ScriptHook.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ScriptConfig.class, factory = true)
public final class ScriptHook implements RoleListener {

    static final String PID = "twinwall.hook.script";

    private final ConfiguredHook hook;

    /** Made for each configuration of the factory. */
    @Activate
    public ScriptHook(BundleContext context, Map<String, Object> properties) {
        hook = ConfiguredHook.start(context, properties, ScriptHook::hook);
    }

    static Hook hook(Settings settings, Path folder) throws UnusableConfiguration {
        String text = settings.needed("command", "a program with its arguments");
        long timeout = settings.number("timeout_ms", 10, 600_000, 10_000);
        try {
            Command command = Command.parse(text, folder);
            return told -> run(command, told, folder, timeout);
        } catch (IllegalArgumentException e) {
            throw settings.unusable("command", text, "a program that can be run: " + e.getMessage());
        }
    }

    private static void run(Command command, Told told, Path folder, long timeoutMillis) throws HookFailed, InterruptedException {
        Outcome outcome = Program.run(command, told.environment(), folder, timeoutMillis);
        if (!outcome.good()) {
            throw new HookFailed(command + ": " + outcome);
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
