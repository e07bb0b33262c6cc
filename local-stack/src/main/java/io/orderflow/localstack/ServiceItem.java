package io.orderflow.localstack;

/** A dead letter, an outbox row or a redrive job, and the service that has it: {@code inventory:17}, {@code app:17}. */
record ServiceItem(String service, String id) {

    static ServiceItem parse(String text) {
        String[] parts = text.split(":", 2);
        if (parts.length != 2 || !parts[1].matches("[0-9a-f-]{1,36}")) {
            throw new StackException("'" + text + "' is not SERVICE:ID, like inventory:17.");
        }
        return new ServiceItem(
                parts[0].equals(OperatorCommand.APPLICATION)
                        ? parts[0]
                        : Service.named(parts[0]).toString(),
                parts[1]);
    }

    @Override
    public String toString() {
        return service + ":" + id;
    }
}
