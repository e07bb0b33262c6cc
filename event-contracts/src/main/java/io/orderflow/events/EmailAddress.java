package io.orderflow.events;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a mail can be sent to: the one rule for all who take, keep or mail to an address. It is a plain ASCII address with a
 * host name that has a dot, by the syntax of RFC 5321 without quoted parts and address literals. So it can add no header, no
 * second recipient and no display name, and every mail server takes it. Prints itself masked, for it is a person's.
 */
public record EmailAddress(String value) {

    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

    /**
     * What an address matches, for those who check it before they have one. It bounds the length before it looks at anything
     * else, so that an endless text costs nothing.
     */
    public static final String PATTERN =
            "(?=.{3,254}$)(?=[^@]{1,64}@)" + ATOM + "(?:\\." + ATOM + ")*@" + LABEL + "(?:\\." + LABEL + ")+";

    private static final Pattern VALID = Pattern.compile(PATTERN);

    /** @throws InvalidOrderException if no mail can be sent to it; the message does not repeat it */
    public EmailAddress {
        if (!VALID.matcher(value).matches()) {
            throw new InvalidOrderException(
                    "This is not an address that a mail can be sent to: it has " + value.length() + " characters.");
        }
    }

    /**
     * The address as an event states it.
     *
     * @throws InvalidOrderException if it is missing, or is none
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
