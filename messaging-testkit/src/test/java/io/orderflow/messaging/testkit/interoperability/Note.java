package io.orderflow.messaging.testkit.interoperability;

/** An event, as the library's users define one. */
record Note(String author, String text) {

    static final String TYPE = "note.taken.v1";

    /** As the library, and any other producer, writes it. */
    String json() {
        return "{\"author\":\"%s\",\"text\":\"%s\"}".formatted(author, text);
    }
}
