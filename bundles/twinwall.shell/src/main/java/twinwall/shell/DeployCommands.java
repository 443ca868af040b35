/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.shell;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;

import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import twinwall.group.DropFolder;
import twinwall.group.DroppedFile;
import twinwall.group.PlannedChange;

/** The commands of scope {@code twinwall} about the drop folder. They stay while nobody watches one, and say so. */
@Component(service = DeployCommands.class, property = {"osgi.command.scope=twinwall", "osgi.command.function=deploy",
    "osgi.command.function=dryrun"})
public final class DeployCommands {

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile DropFolder folder;

    /** For the component runtime. */
    public DeployCommands() {
    }

    DeployCommands(DropFolder folder) {
        this.folder = folder;
    }

    /** Every jar with its verdict. */
    @Descriptor("every jar in the drop folder with its verdict")
    public String deploy() {
        return shown(present -> {
            Columns columns = new Columns("FILE", "VERDICT", "BUNDLE", "VERSION", "TABLES", "SINCE", "");
            for (DroppedFile file : present.files()) {
                columns.row(file.file(), StatusText.label(file.verdict()), known(file.bundle()), known(file.version()), list(file.tables()),
                        file.since().truncatedTo(ChronoUnit.SECONDS), file.detail());
            }
            return page(columns, present);
        });
    }

    /** What would happen now. */
    @Descriptor("what would happen to each jar in the drop folder and in its subfolder 'check', and which bundles would be restarted")
    public String dryrun() {
        return shown(present -> {
            Columns columns = new Columns("FILE", "ACTION", "BUNDLE", "VERSION", "RESTARTS", "");
            for (PlannedChange change : present.check()) {
                columns.row(known(change.file()), StatusText.label(change.action()), known(change.bundle()), known(change.version()),
                        list(change.restarts()), change.detail());
            }
            return page(columns, present);
        });
    }

    private String shown(Function<DropFolder, String> page) {
        DropFolder present = folder;
        return present == null ? "Nobody watches a drop folder on this firewall. Start the bundle twinwall.deploy." : page.apply(present);
    }

    private static String page(Columns columns, DropFolder folder) {
        String rows = columns.text();
        return rows.isEmpty() ? "No jar is in " + folder.path() + "." : rows;
    }

    private static String known(String text) {
        return text.isEmpty() ? "-" : text;
    }

    private static String list(List<String> names) {
        return known(String.join(",", names));
    }
}
