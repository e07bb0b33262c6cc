package io.orderflow.servers;

/** A server with a second process that it needs beside it and that stays while the server is killed and restarted. */
record Assisted(LocalProcess server, LocalProcess assistant) implements Place {

    @Override
    public void start() {
        if (!assistant.isAlive()) {
            assistant.start();
        }
        server.start();
    }

    @Override
    public void stop() {
        server.stop();
        assistant.kill();
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
        assistant.discard();
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
    public String lastWords() {
        return server.lastWords();
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
