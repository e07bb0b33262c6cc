package io.orderflow.systemtests.chaos;

import io.orderflow.localstack.StackException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The faults that can be injected. */
public enum Fault {
    KILL_ORDER(20, 60),
    KILL_INVENTORY(20, 80),
    KILL_SHIPPING(20, 80),
    KILL_EMAIL(20, 80),
    KILL_BROKER(10, 40),
    KILL_DATABASE(10, 30),
    /** Suspended with SIGSTOP, and resumed after its partitions or leases have been reassigned. */
    FREEZE_ORDER(60, 120),
    FREEZE_INVENTORY(180, 300),
    FREEZE_SHIPPING(180, 300),
    FREEZE_EMAIL(180, 300),
    FREEZE_BROKER(100, 200),
    FREEZE_DATABASE(15, 30),
    /** Connections stay open and no byte passes, for longer than the time-outs. */
    SILENCE_BROKER(250, 400),
    SILENCE_DATABASE(15, 30),
    /** Connections to the mail server are reset, and new ones are refused. */
    STOP_MAIL(60, 120),
    /** For longer than the time-out of email-service. */
    SILENCE_MAIL(150, 250),
    /** Every process is ended with SIGTERM and started again, one after the other. */
    ROLLING_RESTART(1, 1);

    /** Faults that can occur between the sending of a mail and the commit that records it. */
    private static final Set<Fault> MAIL_REPEATING = EnumSet.of(
            KILL_EMAIL,
            FREEZE_EMAIL,
            KILL_DATABASE,
            FREEZE_DATABASE,
            SILENCE_DATABASE,
            STOP_MAIL,
            SILENCE_MAIL,
            ROLLING_RESTART);

    private final int shortest;
    private final int longest;

    Fault(int shortest, int longest) {
        this.shortest = shortest;
        this.longest = longest;
    }

    /** The number of requests during which it lasts, at least. */
    int shortest() {
        return shortest;
    }

    /** The number of requests during which it lasts, at most. */
    int longest() {
        return longest;
    }

    /** Whether a mail may be sent again because of it. */
    boolean mayRepeatMails() {
        return MAIL_REPEATING.contains(this);
    }

    /** The faults of a list with commas, or none. */
    static List<Fault> listed(String names) {
        return names.equals("none")
                ? List.of()
                : Arrays.stream(names.split(",")).map(Fault::named).toList();
    }

    private static Fault named(String name) {
        return Arrays.stream(values())
                .filter(fault -> fault.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new StackException("There is no fault '" + name + "'; there are " + all() + "."));
    }

    static String all() {
        return Arrays.stream(values()).map(Fault::toString).collect(Collectors.joining(", "));
    }

    /** {@code kill-order}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
