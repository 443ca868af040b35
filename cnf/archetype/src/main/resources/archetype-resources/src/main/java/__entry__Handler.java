package ${package};

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.FirewallTable;
import twinwall.handler.RecordTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.BackupTiming;
import twinwall.spi.TableHandler;

/** Backs up the table. */
@BackupTable(type = "${table}", schema = 1)
@Component(service = TableHandler.class)
public final class ${entry}Handler extends RecordTableHandler<${entry}> {

    @Activate
    public ${entry}Handler(@Reference(target = "(firewall.table=${table})") FirewallTable<${entry}> table) {
        super(table, ${entry}.class);
    }

    /** Which entries the peer is to have: here those with a target, and with quick backup all. Look and return. */
    @Override
    protected boolean due(${entry} entry, BackupTiming timing) {
        return !entry.target().isEmpty() || timing == BackupTiming.QUICK;
    }
}
