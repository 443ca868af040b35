/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;
import twinwall.deploy.jar.JarFacts;
import twinwall.deploy.jar.Need;
import twinwall.deploy.jar.Refused;
import twinwall.deploy.jar.TableClaim;
import twinwall.group.FileVerdict;

/** What a jar would meet in this framework now. */
final class FrameworkSurroundings implements Surroundings {

    private static final String TABLE = "twinwall.table";
    private static final String TYPE = "backup.table.type";
    private static final String SENSITIVE = "(backup.table.sensitive=true)";
    private static final int MOST_TOLD = 3;

    private final BundleContext context;
    private final FolderBundles bundles;
    private final DeploySettings settings;

    FrameworkSurroundings(BundleContext context, FolderBundles bundles, DeploySettings settings) {
        this.context = context;
        this.bundles = bundles;
        this.settings = settings;
    }

    @Override
    public Refused objection(JarFacts bundle) {
        for (Bundle other : context.getBundles()) {
            boolean fromFolder = other.getLocation().startsWith(FolderBundles.LOCATION);
            boolean sameName = bundle.name().equals(other.getSymbolicName());
            if (sameName && !fromFolder) {
                return new Refused(FileVerdict.NAME_TAKEN, bundle.name() + " " + other.getVersion() + " is a part of this firewall that"
                    + " did not come from the folder; it is not replaced from there. Give the bundle another Bundle-SymbolicName.");
            }
            for (String type : sameName ? Set.<String>of() : tables(other)) {
                if (bundle.types().contains(type) && !settings.allowedTables().contains(type)) {
                    return new Refused(FileVerdict.TABLE_TAKEN, "It backs up " + type + ", as does " + other.getSymbolicName() + " "
                        + other.getVersion() + ". To use it all the same add " + type + " to allow_tables: then the one with the higher"
                        + " service.ranking works.");
                }
            }
        }
        return sensitiveObjection(bundle);
    }

    private Refused sensitiveObjection(JarFacts bundle) {
        Set<String> wanted = new TreeSet<>();
        bundle.tables().stream().filter(TableClaim::sensitive).map(TableClaim::type).forEach(wanted::add);
        Set<String> known = sensitiveTables(bundle.name());
        bundle.types().stream().filter(known::contains).forEach(wanted::add);
        bundle.firewallTables().stream().filter(known::contains).forEach(wanted::add);
        wanted.removeAll(settings.allowedSensitive());
        return wanted.isEmpty() ? null : new Refused(FileVerdict.SENSITIVE, "It wants entries that hold secrets: " + String.join(", ",
            wanted) + ". If it may have them add the names to allow_sensitive.");
    }

    /** Types that handlers at work, other than those of this bundle, say to be sensitive. */
    private Set<String> sensitiveTables(String except) {
        try {
            ServiceReference<?>[] handlers = context.getAllServiceReferences(null, SENSITIVE);
            return handlers == null ? Set.of() : Arrays.stream(handlers).filter(handler -> handler.getBundle() != null
                && !except.equals(handler.getBundle().getSymbolicName())).map(handler -> String.valueOf(handler.getProperty(TYPE)))
                .collect(Collectors.toSet());
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> tables(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision == null ? Set.of() : revision.getDeclaredCapabilities(TABLE).stream()
            .map(capability -> String.valueOf(capability.getAttributes().get(TABLE))).collect(Collectors.toSet());
    }

    /** What handlers of a running bundle do that its manifest does not tell; null when all is as told. */
    Refused undeclared(InstalledBundle running, JarFacts facts) {
        ServiceReference<?>[] services = running.bundle().getRegisteredServices();
        for (ServiceReference<?> service : services == null ? new ServiceReference<?>[0] : services) {
            Object type = service.getProperty(TYPE);
            boolean secret = Boolean.TRUE.equals(service.getProperty("backup.table.sensitive"));
            if (type != null && facts.tables().stream().noneMatch(claim -> claim.type().equals(type) && claim.sensitive() == secret)) {
                return new Refused(secret ? FileVerdict.SENSITIVE : FileVerdict.TABLE_TAKEN, "It offers a handler for " + (secret
                    ? "the sensitive table " : "table ") + type + ", of which its manifest does not tell. Build it with bnd and"
                    + " @BackupTable.");
            }
        }
        return null;
    }

    @Override
    public Refused lacking(JarFacts bundle, Collection<JarFacts> coming) {
        List<String> lacking = new ArrayList<>();
        for (Need need : bundle.needs()) {
            boolean comes = coming.stream().filter(other -> !other.name().equals(bundle.name()))
                .anyMatch(other -> other.provided().stream().anyMatch(need::metBy));
            if (!comes && providers(need.namespace(), need.filter(), bundle.name()).isEmpty()) {
                lacking.add(inWords(need, bundle.name()));
            }
        }
        if (lacking.isEmpty()) {
            return null;
        }
        String more = lacking.size() > MOST_TOLD ? " And " + (lacking.size() - MOST_TOLD) + " more." : "";
        return new Refused(FileVerdict.UNRESOLVED, lacking.stream().limit(MOST_TOLD).collect(Collectors.joining(" ")) + more);
    }

    private String inWords(Need need, String bundle) {
        List<BundleCapability> others = need.anyVersion() == null ? List.of() : providers(need.namespace(), need.anyVersion(), bundle);
        if (!others.isEmpty()) {
            String here = others.stream().map(other -> other.getAttributes().get(need.versionAttribute()) + " of "
                + other.getRevision().getSymbolicName() + " " + other.getRevision().getVersion()).distinct()
                .collect(Collectors.joining(", "));
            return "It needs " + need.inWords() + "; here is " + here + ". Install one that fits, or have it built for what is here.";
        }
        if (need.namespace().equals("osgi.ee")) {
            return "It needs " + need.inWords() + "; this firewall runs Java " + Runtime.version().feature() + ". Start it with a newer"
                + " Java.";
        }
        return "It needs " + need.inWords() + ", which no bundle here offers. Put a bundle that does into the folder, or have it packed"
            + " into this one.";
    }

    /** Without what the bundle itself offers in the version that is here. */
    private List<BundleCapability> providers(String namespace, String filter, String except) {
        Requirement requirement = new Wanted(namespace, filter == null ? Map.of() : Map.of(Constants.FILTER_DIRECTIVE, filter));
        return context.getBundle(Constants.SYSTEM_BUNDLE_ID).adapt(FrameworkWiring.class).findProviders(requirement).stream()
            .filter(found -> !except.equals(found.getRevision().getSymbolicName())).toList();
    }

    @Override
    public List<String> restartedWith(InstalledBundle bundle) {
        return bundles.restartedWith(bundle.bundle());
    }

    @Override
    public boolean isFromFolder(String name) {
        return bundles.found().stream().anyMatch(found -> name.equals(found.getSymbolicName()));
    }

    /** A requirement of nobody. */
    private record Wanted(String namespace, Map<String, String> directives) implements Requirement {

        @Override
        public String getNamespace() {
            return namespace;
        }

        @Override
        public Map<String, String> getDirectives() {
            return directives;
        }

        @Override
        public Map<String, Object> getAttributes() {
            return Map.of();
        }

        @Override
        public Resource getResource() {
            return null;
        }
    }
}
