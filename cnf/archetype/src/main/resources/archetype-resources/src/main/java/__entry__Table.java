package ${package};

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import org.osgi.service.component.annotations.Component;
import twinwall.firewall.EntryVisitor;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.TableWatcher;

/** The table of this firewall. If it has one already, let that offer what this one does. */
@Component(service = {FirewallTable.class, ${entry}Table.class}, property = FirewallTable.TABLE + "=${table}")
public final class ${entry}Table implements FirewallTable<${entry}> {

    private final Map<String, ${entry}> entries = new HashMap<>();
    private final List<TableWatcher<? super ${entry}>> watchers = new CopyOnWriteArrayList<>();

    /** The firewall's own doing: watchers hear of it. */
    public synchronized void put(${entry} entry) {
        entries.put(entry.name(), entry);
        watchers.forEach(watcher -> watcher.changed(entry));
    }

    /** The firewall's own doing: watchers hear of it. */
    public synchronized void remove(String name) {
        ${entry} last = entries.remove(name);
        if (last != null) {
            watchers.forEach(watcher -> watcher.removed(last));
        }
    }

    /** The entry of that name. */
    public synchronized Optional<${entry}> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /** From the peer: watchers do not hear of it. */
    @Override
    public synchronized void restore(${entry} entry) {
        entries.put(entry.name(), entry);
    }

    /** From the peer: watchers do not hear of it. */
    @Override
    public synchronized void forget(${entry} entry) {
        entries.remove(entry.name());
    }

    @Override
    public AutoCloseable watch(TableWatcher<? super ${entry}> watcher) {
        watchers.add(watcher);
        return () -> stop(watcher);
    }

    /** Waits for a report under way: after it nothing is reported any more. */
    private synchronized void stop(TableWatcher<? super ${entry}> watcher) {
        watchers.remove(watcher);
    }

    /** Visits a copy: the visitor may block for as long as the peer is slow. */
    @Override
    public void visit(EntryVisitor<? super ${entry}> visitor) throws IOException {
        List<${entry}> copy;
        synchronized (this) {
            copy = List.copyOf(entries.values());
        }
        for (${entry} entry : copy) {
            visitor.visit(entry);
        }
    }

    @Override
    public synchronized int size() {
        return entries.size();
    }
}
