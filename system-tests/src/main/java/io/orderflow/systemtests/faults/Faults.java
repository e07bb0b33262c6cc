package io.orderflow.systemtests.faults;

import java.util.ArrayList;
import java.util.List;

/** The argument of the agent: faults separated by commas. */
record Faults(List<ArmedPoint> armed, List<Breakage> broken) {

    private static final String BROKEN = "broken:";

    static Faults parse(String text) {
        List<ArmedPoint> armed = new ArrayList<>();
        List<Breakage> broken = new ArrayList<>();
        for (String each : text.split(",")) {
            String fault = each.strip();
            if (fault.startsWith(BROKEN)) {
                broken.add(Breakages.named(fault.substring(BROKEN.length())));
            } else {
                armed.add(ArmedPoint.parse(fault));
            }
        }
        return new Faults(armed, broken);
    }
}
