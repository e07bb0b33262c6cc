package io.orderflow.servers;

/** A server whose address was given in the environment: ours to use, not to command. */
record Elsewhere(String variable, String address) implements Place {

    @Override
    public void start() {
        // it runs already
    }

    @Override
    public void discard() {
        // it stays
    }

    @Override
    public void stop() {
        throw refused("stopped");
    }

    @Override
    public void kill() {
        throw refused("killed");
    }

    @Override
    public void freeze() {
        throw refused("paused");
    }

    @Override
    public void thaw() {
        throw refused("resumed");
    }

    @Override
    public boolean isAlive() {
        return true;
    }

    @Override
    public String lastWords() {
        return "nothing that could be read here: its address " + address + " comes from " + variable;
    }

    @Override
    public String toString() {
        return "given by " + variable;
    }

    private UnsupportedOperationException refused(String what) {
        return new UnsupportedOperationException(
                "the server at " + address + " was given by " + variable + " and is not " + what + " by a test");
    }
}
