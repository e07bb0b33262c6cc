package io.orderflow.localstack;

import java.nio.file.Path;
import java.util.Set;

/** {@code ./orderflow token}: prints a token for a stack that runs with the profile {@code secured}. */
public final class Token {

    static final Path FOLDER = Path.of(".orderflow");

    private static final String USAGE =
            "usage: ./orderflow token --as customer:NAME|service:NAME|reader:NAME|operator:NAME\n";

    private Token() {}

    public static void main(String[] arguments) {
        try {
            CommandLine line =
                    CommandLine.parse(USAGE, Set.of(), Set.of("as"), arguments).withoutWords();
            if (!line.has("as")) {
                throw line.error("--as is missing.");
            }
            System.out.println(key().token(line.value("as", "")));
        } catch (StackException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static TokenKey key() {
        return TokenKey.in(FOLDER)
                .orElseThrow(() -> new StackException(
                        "There is no key of tokens in " + FOLDER + ". ./orderflow up --secured writes one."));
    }
}
