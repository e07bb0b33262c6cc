package io.orderflow.servers;

/** An address in the form {@code host:port}. */
record HostAndPort(String host, int port) {

    static HostAndPort parse(String variable, String text) {
        int colon = text.lastIndexOf(':');
        try {
            return new HostAndPort(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new ServerUnavailableException(variable + " has to be host:port, not '" + text + "'", e);
        }
    }
}
