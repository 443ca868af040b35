/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import twinwall.group.Role;
import twinwall.group.RoleChange;
import twinwall.group.Share;
import twinwall.settings.Settings;
import twinwall.settings.UnusableConfiguration;

@Timeout(60)
class HooksTest {

    @TempDir
    private Path folder;
    private final List<String> complaints = new ArrayList<>();

    private Settings settings(String... values) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < values.length; i += 2) {
            map.put(values[i], values[i + 1]);
        }
        return new Settings("twinwall.hook.x~vip", map, complaints::add);
    }

    private static Told told(Role role) {
        return Told.of(new RoleChange(Role.STANDBY, role, role == Role.ACTIVE ? Share.ALL : Share.NONE, "fw-b missed 5 hellos",
            Instant.EPOCH, 45_000, -1), "fw-a", "standby");
    }

    private Hook script(String lines, String... more) throws Exception {
        Path file = Files.writeString(folder.resolve("hook"), "#!/bin/sh\n" + lines + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> values = new ArrayList<>(List.of("command", "./hook 192.0.2.1/24 eth0"));
        values.addAll(List.of(more));
        return ScriptHook.hook(settings(values.toArray(String[]::new)), folder);
    }

    @Test
    void aScriptHasTheChangeInItsEnvironment() throws Exception {
        script("echo \"$1 $2 $TWINWALL_FIREWALL $TWINWALL_OLD_ROLE $TWINWALL_ROLE $TWINWALL_SHARE $TWINWALL_REASON\" "
            + "\"$TWINWALL_LOCAL_PRIORITY $TWINWALL_PEER_PRIORITY $TWINWALL_AT\" > seen").roleIs(told(Role.ACTIVE));
        assertThat(folder.resolve("seen")).hasContent(
            "192.0.2.1/24 eth0 fw-a standby active all fw-b missed 5 hellos 45000 -1 1970-01-01T00:00:00Z\n");
    }

    @Test
    void aScriptThatFailsIsNamedWithItsOutput() throws Exception {
        Hook hook = script("echo RTNETLINK answers: Operation not permitted; exit 2");
        assertThatThrownBy(() -> hook.roleIs(told(Role.ACTIVE))).isInstanceOf(HookFailed.class)
            .hasMessage(folder.resolve("hook") + " 192.0.2.1/24 eth0: exit 2: RTNETLINK answers: Operation not permitted");
    }

    @Test
    void aScriptThatHangsIsKilled() throws Exception {
        Hook hook = script("echo $$ > pid; sleep 600", "timeout_ms", "1000");
        assertThatThrownBy(() -> hook.roleIs(told(Role.ACTIVE))).isInstanceOf(HookFailed.class)
            .hasMessageEndingWith(": not finished within 1000 ms");
        ProcessHandle process = ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve("pid")).strip())).orElse(null);
        if (process != null) {
            process.onExit().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aScriptThatCannotBeRunIsNamedAtOnce() {
        assertThatThrownBy(() -> ScriptHook.hook(settings(), folder)).isInstanceOf(UnusableConfiguration.class)
            .hasMessage("twinwall.hook.x~vip: command is missing. It must be a program with its arguments.");
        assertThat(ConfiguredHook.make(ScriptHook::hook, settings("command", "./gone"), folder)).isNull();
    }

    @Test
    void aFileHoldsTheRoleInAWord() throws Exception {
        Hook hook = FileHook.hook(settings("role_file", "run/role"), folder);
        hook.roleIs(told(Role.ACTIVE));
        assertThat(folder.resolve("run/role")).hasContent("active\n");
        hook.roleIs(Told.stopped("fw-a", "active"));
        assertThat(folder.resolve("run/role")).hasContent("stopped\n");
    }

    @Test
    void orAsANumberForKeepalived() throws Exception {
        Hook hook = FileHook.hook(settings("role_file", "weight", "format", "number"), folder);
        for (Role role : Role.values()) {
            hook.roleIs(told(role));
            assertThat(folder.resolve("weight")).hasContent(role.forwards() ? "1\n" : "0\n");
        }
        hook.roleIs(Told.unknown("fw-a"));
        assertThat(folder.resolve("weight")).hasContent("0\n");
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() throws Exception {
        Files.writeString(folder.resolve("file"), "");
        Hook hook = FileHook.hook(settings("role_file", "file/role", "format", "word"), folder);
        assertThatThrownBy(() -> hook.roleIs(told(Role.ACTIVE))).isInstanceOf(HookFailed.class)
            .hasMessageStartingWith(folder.resolve("file/role") + " cannot be written: ");
        assertThat(complaints).containsExactly("twinwall.hook.x~vip: format=word must be one of name, number. Using name.");
    }
}
