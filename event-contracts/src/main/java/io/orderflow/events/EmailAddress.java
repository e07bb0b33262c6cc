package io.orderflow.events;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail address, by one rule for all services: the ASCII syntax of RFC 5321 without quoted parts and address literals, with
 * a dot in the host name. Such an address cannot inject a header, a second recipient or a display name, and every mail server
 * accepts it. As personal data it is printed masked.
 */
public record EmailAddress(String value) {

    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

    /**
     * Matches a valid address. Checks the length first, so that a very long text is rejected quickly.
     */
    public static final String PATTERN =
            "(?=.{3,254}$)(?=[^@]{1,64}@)" + ATOM + "(?:\\." + ATOM + ")*@" + LABEL + "(?:\\." + LABEL + ")+";

    private static final Pattern VALID = Pattern.compile(PATTERN);

    /** @throws InvalidOrderException if it is invalid; the message does not contain it */
    public EmailAddress {
        if (!VALID.matcher(value).matches()) {
            throw new InvalidOrderException("The e-mail address of " + value.length() + " characters is invalid.");
        }
    }

    /**
     * The address of an event.
     *
     * @throws InvalidOrderException if it is null or invalid
     */
    public static EmailAddress of(@Nullable String value) {
        if (value == null) {
            throw new InvalidOrderException("The e-mail address of the order is missing.");
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
