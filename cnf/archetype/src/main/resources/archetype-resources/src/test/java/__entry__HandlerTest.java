package ${package};

import java.util.List;

import twinwall.testkit.TableHandlerContract;

class ${entry}HandlerTest extends TableHandlerContract<${entry}> {

    ${entry}HandlerTest() {
        super(${entry}.class, ${entry}Handler::new);
    }

    @Override
    protected List<${entry}> due() {
        return List.of(new ${entry}("one", "here", 1), new ${entry}("two", "there", 2));
    }

    @Override
    protected List<${entry}> notDue() {
        return List.of(new ${entry}("three", "", 0));
    }

    @Override
    protected ${entry} changed(${entry} entry) {
        return new ${entry}(entry.name(), entry.target() + "!", entry.uses());
    }

    @Override
    protected ${entry} softChanged(${entry} entry) {
        return new ${entry}(entry.name(), entry.target(), entry.uses() + 1);
    }
}
