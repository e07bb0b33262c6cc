package io.orderflow.localstack;

/** What {@code ./orderflow up} is asked for. */
record UpArguments(Broker broker, int portOffset, boolean keepData) {

    static UpArguments parse(String... arguments) {
        Broker broker = Broker.KAFKA;
        int portOffset = 0;
        boolean keepData = false;
        CommandLine line = new CommandLine(arguments);
        while (!line.isEmpty()) {
            String option = line.next();
            switch (option) {
                case "--broker" -> broker = Broker.named(line.value(option));
                case "--port-offset" -> portOffset = line.number(option);
                case "--keep-data" -> keepData = true;
                default ->
                    throw new StackException("'" + option + "' is no option of up: there are"
                            + " --broker kafka|rabbitmq|redis, --port-offset <n> and --keep-data.");
            }
        }
        return new UpArguments(broker, portOffset, keepData);
    }
}
