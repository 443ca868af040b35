package ${package};

import twinwall.record.Key;
import twinwall.record.Soft;

/**
 * An entry of the table. Make it yours: see docs/handler-reference.md of Twinwall for what components may be.
 *
 * @param name identifies it
 * @param target what it says
 * @param uses goes along, but makes no difference between two entries
 */
public record ${entry}(@Key String name, String target, @Soft long uses) {
}
