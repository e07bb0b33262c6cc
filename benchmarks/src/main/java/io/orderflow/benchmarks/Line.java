package io.orderflow.benchmarks;

import java.util.Locale;

/**
 * A line of the table.
 *
 * @param what what was measured
 * @param ours our figure with its unit
 * @param beside the figure it is held against, or nothing
 * @param ratio ours to the other, or nothing
 * @param bar what it has to reach, or nothing
 * @param reached whether it does; true where there is no bar
 */
record Line(String what, String ours, String beside, String ratio, String bar, boolean reached) {

    static final String HEADING = """
            | what | ours | beside | ratio (lowest to highest) | bar | |
            |---|---:|---:|---:|---:|---|""";

    /** Ours beside something else, both in messages a second. */
    static Line compared(String what, Ratio ratio, double bar) {
        return new Line(
                what,
                perSecond(ratio.medianOfOurs()),
                perSecond(ratio.medianBeside()),
                String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", ratio.median(), ratio.lowest(), ratio.highest()),
                String.format(Locale.ROOT, ">= %.2f", bar),
                ratio.median() >= bar);
    }

    /** The same without a bar. */
    static Line compared(String what, Ratio ratio) {
        Line line = compared(what, ratio, 0);
        return new Line(what, line.ours(), line.beside(), line.ratio(), "", true);
    }

    /** A figure by itself, higher is better. */
    static Line atLeast(String what, double figure, double bar, String unit) {
        return new Line(what, number(figure, unit), "", "", ">= " + number(bar, unit), figure >= bar);
    }

    /** A figure by itself, lower is better. */
    static Line atMost(String what, double figure, double bar, String unit) {
        return new Line(what, number(figure, unit), "", "", "<= " + number(bar, unit), figure <= bar);
    }

    /** A figure without a bar. */
    static Line noted(String what, double figure, String unit) {
        return new Line(what, number(figure, unit), "", "", "", true);
    }

    String markdown() {
        return "| " + String.join(" | ", what, ours, beside, ratio, bar, reached ? "" : "**below the bar**") + " |";
    }

    private static String perSecond(double figure) {
        return number(figure, "/s");
    }

    private static String number(double figure, String unit) {
        return String.format(Locale.ROOT, figure < 100 ? "%.2f %s" : "%,.0f %s", figure, unit);
    }
}
