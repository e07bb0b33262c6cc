package io.orderflow.servers;

/** A server whose address is given in the environment: it is used, but never started or stopped. */
record External(String variable, String address) implements Lifecycle {

    @Override
    public void start() {
        // it is running
    }

    @Override
    public void discard() {
        // it keeps running
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
    public String logTail() {
        return "(no log: its address " + address + " is given by " + variable + ")";
    }

    @Override
    public String toString() {
        return "given by " + variable;
    }

    private UnsupportedOperationException refused(String what) {
        return new UnsupportedOperationException(
                "The server at " + address + " is given by " + variable + " and cannot be " + what + " here.");
    }
}
