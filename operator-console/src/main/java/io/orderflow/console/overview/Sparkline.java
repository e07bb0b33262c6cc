package io.orderflow.console.overview;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Values as the points of an SVG polyline. The highest value is at the top; the lowest possible value is 0. */
public record Sparkline(List<Double> values) {

    static final int WIDTH = 120;
    static final int HEIGHT = 28;

    public String points() {
        double max = Math.max(
                1, values.stream().mapToDouble(Double::doubleValue).max().orElse(1));
        double step = (double) WIDTH / (Sampler.HISTORY - 1);
        int offset = Sampler.HISTORY - values.size();
        return IntStream.range(0, values.size())
                .mapToObj(i -> String.format(
                        Locale.ROOT, "%.1f,%.1f", (offset + i) * step, HEIGHT - 1 - values.get(i) / max * (HEIGHT - 2)))
                .collect(Collectors.joining(" "));
    }
}
