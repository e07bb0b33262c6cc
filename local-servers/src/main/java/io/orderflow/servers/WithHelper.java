package io.orderflow.servers;

/** A server with a helper process, which keeps running while the server is killed and restarted. */
record WithHelper(LocalProcess server, LocalProcess helper) implements Lifecycle {

    @Override
    public void start() {
        if (!helper.isAlive()) {
            helper.start();
        }
        server.start();
    }

    @Override
    public void stop() {
        server.stop();
        helper.kill();
    }

    @Override
    public void kill() {
        server.kill();
    }

    @Override
    public void freeze() {
        server.freeze();
    }

    @Override
    public void thaw() {
        server.thaw();
    }

    @Override
    public void discard() {
        server.discard();
        helper.discard();
    }

    @Override
    public boolean isAlive() {
        return server.isAlive();
    }

    @Override
    public void onUnexpectedEnd(Runnable task) {
        server.onUnexpectedEnd(task);
    }

    @Override
    public String logTail() {
        return server.logTail();
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
