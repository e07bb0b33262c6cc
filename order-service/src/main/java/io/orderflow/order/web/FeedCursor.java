package io.orderflow.order.web;

import io.orderflow.order.domain.FeedPosition;
import io.orderflow.service.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A position as clients see it: text that they pass on as it is. */
final class FeedCursor {

    private static final Pattern FORMAT = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    private FeedCursor() {}

    static String of(FeedPosition position) {
        return position.transaction() + "-" + position.id();
    }

    /** The position; the start if there is no text. */
    static FeedPosition parse(String field, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return FeedPosition.START;
        }
        Matcher matcher = FORMAT.matcher(text);
        if (!matcher.matches()) {
            throw Problem.invalid(field, "is not a cursor that this API has returned");
        }
        return new FeedPosition(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }
}
