package io.orderflow.systemtests.chaos;

import io.orderflow.systemtests.chaos.Purchase.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What is done in a run: the same for the same seed.
 *
 * @param purchases in the order in which clients take them up
 * @param strikes in the order of their counts
 * @param poison the positions, counted in accepted orders, at which something indigestible is sent
 * @param ghosts the positions, counted in accepted orders, at which an order that nobody placed is cancelled
 * @param duplicates the positions, counted in seen messages, of those that are sent again, twice
 */
record Plan(
        List<Purchase> purchases,
        List<Strike> strikes,
        List<Integer> poison,
        List<Integer> ghosts,
        List<Integer> duplicates) {

    private static final List<String> USUAL =
            List.of("MUG-KAFKA", "MUG-RABBIT", "MUG-REDIS", "STICKER-SET", "CABLE-USB-C", "BOOK-DDD", "SHIRT-OUTBOX-M");
    private static final List<String> RARE = List.of("LAST-ONE", "KEYBOARD-TKL", "MOUSE-SILENT");
    private static final int MOST_OF_AN_ARTICLE = 3;
    private static final int PERCENT = 100;
    private static final int USUAL_ORDERS = 1_000;
    private static final int ORDERS_A_POISON = 25;
    private static final int PARTS_A_GHOST = 10;
    private static final int MESSAGES_A_DUPLICATE = 40;
    private static final int MESSAGES_AN_ORDER = 6;

    static Plan of(long seed, int orders, List<Fault> faults) {
        Random random = new Random(seed);
        List<Purchase> purchases = new ArrayList<>();
        for (int number = 1; number <= orders; number++) {
            purchases.add(purchase(number, random));
        }
        return new Plan(
                List.copyOf(purchases),
                strikes(faults, orders, random),
                positions(orders, ORDERS_A_POISON, random),
                positions(orders, Math.max(1, orders / PARTS_A_GHOST), random),
                positions(orders * MESSAGES_AN_ORDER, MESSAGES_A_DUPLICATE, random));
    }

    /** How many faults may come between the sending of a mail and the note of that. */
    int mailFaults() {
        return (int) strikes.stream()
                .filter(strike -> strike.fault().mayRepeatMails())
                .count();
    }

    private static Purchase purchase(int number, Random random) {
        Kind kind = kind(random.nextInt(PERCENT));
        String priority = random.nextBoolean() ? "standard" : "express";
        Map<String, Integer> items = new TreeMap<>();
        if (kind == Kind.LAST_ITEM) {
            items.put(RARE.get(random.nextInt(RARE.size())), 1);
        } else {
            for (int line = 1 + random.nextInt(2); line > 0; line--) {
                items.put(USUAL.get(random.nextInt(USUAL.size())), 1 + random.nextInt(MOST_OF_AN_ARTICLE));
            }
        }
        String body = kind == Kind.INVALID
                ? invalid(number, priority, random.nextInt(5))
                : Purchase.body(number, priority, items);
        return new Purchase(number, kind, body, kind == Kind.REPEATED ? 1 + random.nextInt(3) : 0);
    }

    private static Kind kind(int percent) {
        if (percent < 45) {
            return Kind.NORMAL;
        }
        if (percent < 60) {
            return Kind.REPEATED;
        }
        if (percent < 75) {
            return Kind.LAST_ITEM;
        }
        return percent < 92 ? Kind.CANCELLED_AT_ONCE : Kind.INVALID;
    }

    private static String invalid(int number, String priority, int way) {
        return switch (way) {
            case 0 -> Purchase.body(number, priority, Map.of("MUG-KAFKA", 0));
            case 1 -> Purchase.body(number, priority, Map.of("MUG-KAFKA", -1));
            case 2 -> Purchase.body(number, priority, Map.of("NO-SUCH-THING", 1));
            case 3 -> Purchase.body(number, priority, Map.of());
            default -> Purchase.body(number, priority, Map.of("MUG-KAFKA", 1)).replace("}]}", "}");
        };
    }

    /** Spread over the run, each somewhere in a part of its own. */
    private static List<Strike> strikes(List<Fault> faults, int orders, Random random) {
        List<Fault> shuffled = new ArrayList<>(faults);
        Collections.shuffle(shuffled, random);
        // what follows a strike has to be some orders, too
        int part = Math.max(1, orders * 3 / 4 / (shuffled.size() + 1));
        List<Strike> strikes = new ArrayList<>();
        for (int i = 0; i < shuffled.size(); i++) {
            Fault fault = shuffled.get(i);
            strikes.add(new Strike(
                    fault,
                    part * (i + 1) - random.nextInt(part / 2 + 1),
                    duration(fault, orders, random),
                    random.nextInt(2)));
        }
        return List.copyOf(strikes);
    }

    /** In a short run nothing lasts long. */
    private static int duration(Fault fault, int orders, Random random) {
        int requests = fault.shortest() + random.nextInt(fault.longest() - fault.shortest() + 1);
        return Math.max(1, Math.min(requests, requests * orders / USUAL_ORDERS));
    }

    private static List<Integer> positions(int all, int distance, Random random) {
        List<Integer> positions = new ArrayList<>();
        for (int position = 1 + random.nextInt(distance);
                position < all / 2;
                position += 1 + random.nextInt(distance)) {
            positions.add(position);
        }
        return List.copyOf(positions);
    }
}
