package io.orderflow.systemtests.chaos;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be done to the system. */
public enum Fault {
    KILL_ORDER(20, 60),
    KILL_INVENTORY(20, 80),
    KILL_SHIPPING(20, 80),
    KILL_EMAIL(20, 80),
    KILL_BROKER(10, 40),
    KILL_DATABASE(10, 30),
    /** Stopped with SIGSTOP, and woken when others may have taken its place. */
    FREEZE_ORDER(60, 120),
    FREEZE_INVENTORY(180, 300),
    FREEZE_SHIPPING(180, 300),
    FREEZE_EMAIL(180, 300),
    FREEZE_BROKER(100, 200),
    FREEZE_DATABASE(15, 30),
    /** Connections stay open, and no byte passes, for longer than it takes to notice that. */
    SILENCE_BROKER(250, 400),
    SILENCE_DATABASE(15, 30),
    /** The mail server is gone: its connections are reset, and nobody listens any more. */
    STOP_MAIL(60, 120),
    /** For longer than one who sends a mail waits for an answer. */
    SILENCE_MAIL(150, 250),
    /** Every process is told to end (SIGTERM) and started again, one after the other. */
    ROLLING_RESTART(1, 1);

    /** Those that can come between the sending of a mail and the note that it is sent. */
    private static final Set<Fault> REPEATING_MAILS = EnumSet.of(
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

    /** During how many requests it lasts, at least and at most. */
    int shortest() {
        return shortest;
    }

    int longest() {
        return longest;
    }

    /** Whether a mail may arrive once more because of it: SMTP knows no "once". */
    boolean mayRepeatMails() {
        return REPEATING_MAILS.contains(this);
    }

    static List<Fault> listed(String names) {
        return Arrays.stream(names.split(",")).map(Fault::named).toList();
    }

    private static Fault named(String name) {
        return Arrays.stream(values())
                .filter(fault -> fault.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("There is no fault '" + name + "', but " + all() + "."));
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
