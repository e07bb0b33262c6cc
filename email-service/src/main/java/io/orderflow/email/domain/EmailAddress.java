package io.orderflow.email.domain;

import io.orderflow.events.InvalidOrderException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a mail goes: one plain address. What could add a header, a second recipient or a display name is refused, and so
 * are addresses outside ASCII, which not every SMTP server takes. Prints itself masked, for it is a person's.
 */
public record EmailAddress(String value) {

    private static final int MAX_LENGTH = 254; // RFC 5321, 4.5.3.1.3
    private static final Pattern VALID =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

    /** The address as it came from elsewhere. */
    public static EmailAddress of(@Nullable String value) {
        if (value == null
                || value.length() > MAX_LENGTH
                || !VALID.matcher(value).matches()) {
            throw new InvalidOrderException("This is not an address that a mail can be sent to: "
                    + (value == null ? "it is missing." : "it has " + value.length() + " characters."));
        }
        return new EmailAddress(value);
    }

    /** {@code a***@example.com}. */
    public String masked() {
        return value.charAt(0) + "***" + value.substring(value.lastIndexOf('@'));
    }

    @Override
    public String toString() {
        return masked();
    }
}
