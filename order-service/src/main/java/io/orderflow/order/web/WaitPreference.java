package io.orderflow.order.web;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** The preference {@code wait} of RFC 7240: how long a client waits for a response, at most {@link #LONGEST}. */
record WaitPreference(Duration time) {

    static final String HEADER = "Prefer";
    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final String APPLIED = "Preference-Applied";
    private static final Pattern WAIT = Pattern.compile("(?:^|[,;])\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(?:$|[,;])");

    /** Zero if there is none. An invalid preference is ignored, as RFC 7240 requires. */
    static WaitPreference of(@Nullable List<String> headers) {
        String all = headers == null ? "" : String.join(",", headers).toLowerCase(Locale.ROOT);
        Matcher wait = WAIT.matcher(all);
        Duration wanted = wait.find() ? Duration.ofSeconds(Long.parseLong(wait.group(1))) : Duration.ZERO;
        return new WaitPreference(wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted);
    }

    /** Adds the headers that describe the preference to a response. */
    ResponseEntity.BodyBuilder applyTo(ResponseEntity.BodyBuilder response) {
        response.varyBy(HEADER);
        return time.isZero() ? response : response.header(APPLIED, "wait=" + time.toSeconds());
    }
}
