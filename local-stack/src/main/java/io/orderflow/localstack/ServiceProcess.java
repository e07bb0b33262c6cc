package io.orderflow.localstack;

import io.orderflow.servers.LocalProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.StreamSupport;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.json.JsonMapper;

/** One service as a process of {@code java -jar}. */
public final class ServiceProcess extends LocalProcess {

    private static final String CONSOLE = "operator-console";
    private static final int CONSOLE_PORT = 8086;
    private static final int CONSOLE_MANAGEMENT_PORT = 9086;
    private static final String PORT = "SERVER_PORT";
    private static final String MANAGEMENT_PORT = "MANAGEMENT_SERVER_PORT";

    /** The whole stack fits into 1.5 GB. */
    private static final List<String> JVM_OPTIONS = List.of(
            "-Xms32m",
            "-Xmx112m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=48m",
            "-XX:+ExitOnOutOfMemoryError");

    private static final String PROPERTIES = "SPRING_APPLICATION_JSON";

    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(3);

    private final String name;
    private final URI address;
    private final URI management;
    private final RestClient http;
    private final Map<String, String> environment;

    /** @param instance the number of the process among those of its service, from 1 */
    static ServiceProcess of(
            Service service, int instance, PortPlan ports, Path jar, Path logs, Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put(PORT, Integer.toString(service.port(ports, instance)));
        all.put(MANAGEMENT_PORT, Integer.toString(service.managementPort(ports, instance)));
        String name = instance == 1 ? service.module() : service.module() + "-" + instance;
        return new ServiceProcess(name, jar, logs, all);
    }

    /** The operator's console, on ports 8086 and 9086. */
    static ServiceProcess console(PortPlan ports, Path project, Path logs, Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put(PORT, Integer.toString(ports.port("CONSOLE_PORT", CONSOLE_PORT)));
        all.put(MANAGEMENT_PORT, Integer.toString(ports.port("CONSOLE_MANAGEMENT_PORT", CONSOLE_MANAGEMENT_PORT)));
        return new ServiceProcess(CONSOLE, jar(project, CONSOLE), logs, all);
    }

    private ServiceProcess(String name, Path jar, Path logs, Map<String, String> settings) {
        super(name, logs, command(jar), settings, "TERM");
        this.name = name;
        this.environment = settings;
        this.address = URI.create("http://localhost:" + settings.get(PORT));
        this.management = URI.create("http://localhost:" + settings.get(MANAGEMENT_PORT));
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory();
        requests.setReadTimeout(PROBE_TIMEOUT);
        this.http = RestClient.builder().requestFactory(requests).build();
    }

    /** Starts it with these properties besides its settings, until it is started again. */
    void start(Map<String, String> properties) {
        environment.put(PROPERTIES, JsonMapper.shared().writeValueAsString(properties));
        start();
    }

    /** The module's name, with a number unless it is the first process of its service. */
    public String name() {
        return name;
    }

    /** The address of its management port. */
    public URI management() {
        return management;
    }

    /** The address of its API. */
    public URI address() {
        return address;
    }

    /** Whether its health is UP. */
    public boolean isUp() {
        try {
            http.get().uri(management.resolve("/actuator/health")).retrieve().toBodilessEntity();
            return true;
        } catch (RestClientException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new StackException("Interrupted while waiting for " + name + ".", e);
            }
            return false;
        }
    }

    static Path jar(Path project, String module) {
        Path target = project.resolve(module).resolve("target");
        try (var files = Files.newDirectoryStream(target, module + "-*.jar")) {
            // the jar of an earlier version may still exist
            return StreamSupport.stream(files.spliterator(), false)
                    .max(Comparator.comparingLong(jar -> jar.toFile().lastModified()))
                    .orElseThrow();
        } catch (IOException | NoSuchElementException e) {
            throw new StackException(
                    "There is no jar of " + module + " in " + target + ". Build it: ./orderflow build.", e);
        }
    }

    private static List<String> command(Path jar) {
        List<String> command = new ArrayList<>(JVM_OPTIONS);
        command.add(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
        return command;
    }
}
