package io.orderflow.localstack;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What {@code ./orderflow up} is asked for. */
record UpArguments(Broker broker, int portOffset, boolean keepData) {

    static UpArguments parse(String... arguments) {
        Broker broker = Broker.KAFKA;
        int portOffset = 0;
        boolean keepData = false;
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        while (!rest.isEmpty()) {
            String option = rest.pop();
            switch (option) {
                case "--broker" -> broker = Broker.named(value(option, rest));
                case "--port-offset" -> portOffset = number(option, value(option, rest));
                case "--keep-data" -> keepData = true;
                default ->
                    throw new StackException("'" + option + "' is no option of up: there are"
                            + " --broker kafka|rabbitmq|redis, --port-offset <n> and --keep-data.");
            }
        }
        return new UpArguments(broker, portOffset, keepData);
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new StackException(option + " needs a value.");
        }
        return rest.pop();
    }

    private static int number(String option, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new StackException(option + " needs a number, not '" + text + "'.", e);
        }
    }
}
