package io.orderflow.systemtests.chaos;

import io.orderflow.systemtests.chaos.Purchase.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The plan of a run, which is the same for the same seed.
 *
 * @param purchases in the order in which clients make them
 * @param faults in the order of their counts
 * @param poison the positions, counted in accepted orders, at which a poison message is sent
 * @param phantoms the positions, counted in accepted orders, at which a phantom order is cancelled
 * @param duplicates the positions, counted in observed messages, of those that are sent twice more
 */
record Plan(
        List<Purchase> purchases,
        List<PlannedFault> faults,
        List<Integer> poison,
        List<Integer> phantoms,
        List<Integer> duplicates) {

    private static final List<String> PLENTIFUL =
            List.of("MUG-KAFKA", "MUG-RABBIT", "MUG-REDIS", "STICKER-SET", "CABLE-USB-C", "BOOK-DDD", "SHIRT-OUTBOX-M");
    private static final List<String> RARE = List.of("LAST-ONE", "KEYBOARD-TKL", "MOUSE-SILENT");
    private static final int MAX_QUANTITY = 3;
    private static final int PERCENT = 100;
    private static final int DEFAULT_ORDERS = 1_000;
    private static final int ORDERS_PER_POISON = 25;
    private static final int MAX_PHANTOMS = 10;
    private static final int MESSAGES_PER_DUPLICATE = 40;
    private static final int MESSAGES_PER_ORDER = 6;

    static Plan of(long seed, int orders, List<Fault> faults) {
        Random random = new Random(seed);
        List<Purchase> purchases = new ArrayList<>();
        for (int number = 1; number <= orders; number++) {
            purchases.add(purchase(number, random));
        }
        return new Plan(
                List.copyOf(purchases),
                plan(faults, orders, random),
                positions(orders, ORDERS_PER_POISON, random),
                positions(orders, Math.max(1, orders / MAX_PHANTOMS), random),
                positions(orders * MESSAGES_PER_ORDER, MESSAGES_PER_DUPLICATE, random));
    }

    /** The number of faults that may repeat a mail. */
    int mailFaults() {
        return (int)
                faults.stream().filter(each -> each.fault().mayRepeatMails()).count();
    }

    private static Purchase purchase(int number, Random random) {
        Kind kind = kind(random.nextInt(PERCENT));
        String priority = random.nextBoolean() ? "standard" : "express";
        Map<String, Integer> items = new TreeMap<>();
        if (kind == Kind.LAST_ITEM) {
            items.put(RARE.get(random.nextInt(RARE.size())), 1);
        } else {
            for (int line = 1 + random.nextInt(2); line > 0; line--) {
                items.put(PLENTIFUL.get(random.nextInt(PLENTIFUL.size())), 1 + random.nextInt(MAX_QUANTITY));
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

    /** Spreads the faults over the run, each at a random position in its own part. */
    private static List<PlannedFault> plan(List<Fault> faults, int orders, Random random) {
        List<Fault> shuffled = new ArrayList<>(faults);
        Collections.shuffle(shuffled, random);
        // the last quarter of the orders is left for what follows the last fault
        int part = Math.max(1, orders * 3 / 4 / (shuffled.size() + 1));
        List<PlannedFault> planned = new ArrayList<>();
        for (int i = 0; i < shuffled.size(); i++) {
            Fault fault = shuffled.get(i);
            planned.add(new PlannedFault(
                    fault,
                    part * (i + 1) - random.nextInt(part / 2 + 1),
                    duration(fault, orders, random),
                    random.nextInt(2)));
        }
        return List.copyOf(planned);
    }

    /** Shorter in a run with few orders. */
    private static int duration(Fault fault, int orders, Random random) {
        int requests = fault.shortest() + random.nextInt(fault.longest() - fault.shortest() + 1);
        return Math.max(1, Math.min(requests, requests * orders / DEFAULT_ORDERS));
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
