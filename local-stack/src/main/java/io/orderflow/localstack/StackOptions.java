package io.orderflow.localstack;

import java.nio.file.Path;
import java.util.Map;

/**
 * How a stack is to be.
 *
 * @param project the root of the repository, with the four built jars in it
 * @param folder for data and logs
 * @param keepData whether data of an earlier run in that folder are used again
 * @param settings further environment variables of the services
 */
public record StackOptions(
        Broker broker, Path project, Path folder, boolean keepData, PortPlan ports, Map<String, String> settings) {}
