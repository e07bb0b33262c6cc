package io.orderflow.messaging.policy;

import io.orderflow.messaging.handling.HandlerMiddleware;
import java.util.Collections;
import java.util.List;

/**
 * Where a failure arose: the first stack frame of the application's own code, in the root cause or else in what it caused. Frames of its
 * middlewares do not count: they are below everything that handles the message, decoding included.
 */
final class FailurePlace {

    /** The platform, frameworks, clients and this library. */
    private static final List<String> NOT_THE_APPLICATIONS = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.",
            "jakarta.",
            "kotlin.",
            "org.springframework.",
            "org.postgresql.",
            "com.zaxxer.",
            "tools.jackson.",
            "com.fasterxml.",
            "org.apache.",
            "com.rabbitmq.",
            "io.lettuce.",
            "io.netty.",
            "io.micrometer.",
            "io.orderflow.messaging.");

    private FailurePlace() {}

    /** {@code class#method:line}; without a frame of the application, the topmost frame. */
    static String of(Throwable failure) {
        List<Throwable> rootFirst = Causes.of(failure);
        Collections.reverse(rootFirst);
        for (Throwable each : rootFirst) {
            for (StackTraceElement frame : each.getStackTrace()) {
                if (isTheApplications(frame.getClassName())) {
                    return describe(frame);
                }
            }
        }
        StackTraceElement[] frames = failure.getStackTrace();
        return frames.length == 0 ? "unknown" : describe(frames[0]);
    }

    private static boolean isTheApplications(String name) {
        return !name.contains("$$") // proxies, and what the JVM makes of a lambda
                && NOT_THE_APPLICATIONS.stream().noneMatch(name::startsWith)
                && !isMiddleware(name);
    }

    private static boolean isMiddleware(String name) {
        try {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            return HandlerMiddleware.class.isAssignableFrom(Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static String describe(StackTraceElement frame) {
        return frame.getClassName() + "#" + frame.getMethodName()
                + (frame.getLineNumber() > 0 ? ":" + frame.getLineNumber() : "");
    }
}
