package io.orderflow.systemtests.faults;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A fail point with an action at the n-th pass of this process: {@code halt:relay.after-confirm@3}. */
final class ArmedPoint {

    private static final Pattern FORM = Pattern.compile("(halt|freeze|throw):([a-z.-]+)(?:@([1-9][0-9]*))?");

    private final FailPoint point;
    private final Action action;
    private final int pass;
    private final AtomicInteger passes = new AtomicInteger();

    private ArmedPoint(FailPoint point, Action action, int pass) {
        this.point = point;
        this.action = action;
        this.pass = pass;
    }

    static ArmedPoint parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' has to be halt|freeze|throw:<fail point>[@<pass>] or broken:<name>.");
        }
        return new ArmedPoint(
                FailPoints.named(form.group(2)),
                Action.valueOf(form.group(1).toUpperCase(Locale.ROOT)),
                form.group(3) == null ? 1 : Integer.parseInt(form.group(3)));
    }

    FailPoint point() {
        return point;
    }

    void pass(@Nullable Object returned) {
        if (point.isPass(returned) && passes.incrementAndGet() == pass) {
            String where = point.name() + "@" + pass;
            System.err.println("Injected fault: " + action + " at " + where);
            System.err.flush();
            action.execute(where);
        }
    }

    @Override
    public String toString() {
        return action + " at pass " + pass + " of " + point.name();
    }
}
