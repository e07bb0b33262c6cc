package io.orderflow.systemtests;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.pipeline.Pipeline;
import io.orderflow.messaging.runtime.EventRegistry;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.context.support.StandardServletEnvironment;

/**
 * An unmodified service with a broker that the test provides. Its class loader finds only its own {@code application.yml}
 * and migrations.
 */
final class ServiceInThisJvm implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private ServiceInThisJvm(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** @param application the name of its main class in {@code io.orderflow}: {@code order.OrderServiceApplication} */
    static ServiceInThisJvm start(
            Path module,
            String application,
            MessageBroker broker,
            Map<String, Object> properties,
            Class<?>... configurations) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader own = new URLClassLoader(new URL[] {classes(module)}, before);
        thread.setContextClassLoader(own);
        try {
            Class<?> main = Class.forName("io.orderflow." + application, true, own);
            return new ServiceInThisJvm(new SpringApplicationBuilder(main)
                    .sources(configurations)
                    .properties("springdoc.api-docs.enabled=false")
                    .environment(new OnePortEnvironment())
                    .resourceLoader(new DefaultResourceLoader(own))
                    .initializers(each -> ((GenericApplicationContext) each)
                            .registerBean(
                                    "broker", MessageBroker.class, () -> broker, bean -> bean.setDestroyMethodName("")))
                    .run(properties.entrySet().stream()
                            .map(each -> "--" + each.getKey() + "=" + each.getValue())
                            .toArray(String[]::new)));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("There are no classes in " + module + "; build it first.", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL classes(Path module) {
        try {
            return module.resolve("target/classes").toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    URI address() {
        int port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
        return URI.create("http://localhost:" + port);
    }

    /** The middlewares of each of its subscriptions. */
    List<String> subscriptions() {
        Pipeline pipeline = context.getBean(Pipeline.class);
        return context.getBeanProvider(EventSubscription.class).stream()
                .map(pipeline::describe)
                .sorted()
                .toList();
    }

    /** What it publishes and consumes. */
    EventRegistry events() {
        return context.getBean(EventRegistry.class);
    }

    JdbcClient database() {
        return context.getBean(JdbcClient.class);
    }

    @Override
    public void close() {
        context.close();
    }

    /**
     * Hides the address of the management port, which the services configure: Spring Boot refuses it where operators and users
     * share one port, and a property cannot be removed.
     */
    private static final class OnePortEnvironment extends StandardServletEnvironment {

        private static final String ADDRESS = "management.server.address";

        @Override
        public @Nullable String getProperty(String key) {
            boolean onePort = "".equals(super.getProperty("management.server.port"));
            return onePort && key.equals(ADDRESS) ? null : super.getProperty(key);
        }
    }
}
