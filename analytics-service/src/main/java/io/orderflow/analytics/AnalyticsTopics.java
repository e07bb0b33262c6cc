package io.orderflow.analytics;

/** The names of the topics between the parts of this service. */
public final class AnalyticsTopics {

    /** What the topology has counted. */
    public static final String RESULTS = "analytics-results";

    private AnalyticsTopics() {}
}
