package io.orderflow.benchmarks;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Figures of both sides, round by round. */
record Ratio(List<Double> ours, List<Double> beside) {

    Ratio {
        if (ours.isEmpty() || ours.size() != beside.size()) {
            throw new IllegalArgumentException("Both sides need a figure for each round.");
        }
    }

    double medianOfOurs() {
        return median(ours);
    }

    double medianBeside() {
        return median(beside);
    }

    /** The median of the rounds' ratios: one bad round spoils nothing. */
    double median() {
        return median(eachRound());
    }

    double lowest() {
        return eachRound().min().orElseThrow();
    }

    double highest() {
        return eachRound().max().orElseThrow();
    }

    private DoubleStream eachRound() {
        return IntStream.range(0, ours.size()).mapToDouble(i -> ours.get(i) / beside.get(i));
    }

    static double median(List<Double> figures) {
        return median(figures.stream().mapToDouble(Double::doubleValue));
    }

    private static double median(DoubleStream figures) {
        double[] sorted = figures.sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
