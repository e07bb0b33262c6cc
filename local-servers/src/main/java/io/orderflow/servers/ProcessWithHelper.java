package io.orderflow.servers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A process with a helper process, which keeps running while the process is killed and restarted. */
final class ProcessWithHelper extends LocalProcess {

    private final LocalProcess helper;

    ProcessWithHelper(
            String name, Path folder, List<String> command, Map<String, String> environment, LocalProcess helper) {
        super(name, folder, command, environment, "TERM");
        this.helper = helper;
    }

    @Override
    public void start() {
        if (!helper.isAlive()) {
            helper.start();
        }
        super.start();
    }

    @Override
    public void stop() {
        super.stop();
        helper.kill();
    }

    @Override
    public void discard() {
        super.discard();
        helper.discard();
    }
}
