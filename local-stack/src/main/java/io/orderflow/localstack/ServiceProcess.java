package io.orderflow.localstack;

import io.orderflow.servers.LocalProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;

/** One service as a process of {@code java -jar}. */
public final class ServiceProcess {

    /** The whole stack fits into 1.5 GB. */
    private static final List<String> JVM_OPTIONS = List.of(
            "-Xms32m",
            "-Xmx112m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=48m",
            "-XX:+ExitOnOutOfMemoryError");

    private static final Duration PROBE = Duration.ofSeconds(3);

    private final String name;
    private final URI address;
    private final URI management;
    private final LocalProcess process;
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param instance the number of the process among those of its service, from 1 */
    static ServiceProcess of(
            Service service, int instance, PortPlan ports, Path jar, Path logs, Map<String, String> settings) {
        int port = service.port(ports, instance);
        int managementPort = service.managementPort(ports, instance);
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("SERVER_PORT", Integer.toString(port));
        all.put("MANAGEMENT_SERVER_PORT", Integer.toString(managementPort));
        String name = instance == 1 ? service.module() : service.module() + "-" + instance;
        return new ServiceProcess(name, port, managementPort, new LocalProcess(name, logs, command(jar), all, "TERM"));
    }

    private ServiceProcess(String name, int port, int managementPort, LocalProcess process) {
        this.name = name;
        this.address = URI.create("http://localhost:" + port);
        this.management = URI.create("http://localhost:" + managementPort);
        this.process = process;
    }

    /** The module's name, with a number unless it is the first process of its service. */
    public String name() {
        return name;
    }

    /** The address of its management port. */
    public URI management() {
        return management;
    }

    /** Its process id while it runs. */
    public OptionalLong pid() {
        return process.pid();
    }

    /** The address of its API. */
    public URI address() {
        return address;
    }

    /** Starts it, again after a stop or crash. Returns before it is ready. */
    public void start() {
        process.start();
    }

    /** Shuts it down. Returns once it has ended. */
    public void stop() {
        process.stop();
    }

    /** Kills it, like {@code kill -9}. */
    public void crash() {
        process.kill();
    }

    /** Suspends it with SIGSTOP: its connections stay open and it does nothing. */
    public void freeze() {
        process.freeze();
    }

    /** Resumes it after {@link #freeze()}. */
    public void thaw() {
        process.thaw();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Whether its health is UP. */
    public boolean isUp() {
        try {
            HttpRequest request = HttpRequest.newBuilder(management.resolve("/actuator/health"))
                    .timeout(PROBE)
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while waiting for " + name, e);
        }
    }

    /** The end of its log. */
    public String logTail() {
        return process.logTail();
    }

    void onUnexpectedEnd(Runnable task) {
        process.onUnexpectedEnd(task);
    }

    Path log() {
        return process.log();
    }

    static Path jar(Path project, Service service) {
        Path target = project.resolve(service.module()).resolve("target");
        try (var files = Files.newDirectoryStream(target, service.module() + "-*.jar")) {
            // after a change of the version the old one is there as well
            return StreamSupport.stream(files.spliterator(), false)
                    .max(Comparator.comparingLong(jar -> jar.toFile().lastModified()))
                    .orElseThrow();
        } catch (IOException | NoSuchElementException e) {
            throw new StackException(
                    "There is no jar of " + service.module() + " in " + target + ". Build it: ./orderflow build.", e);
        }
    }

    private static List<String> command(Path jar) {
        List<String> command = new ArrayList<>(JVM_OPTIONS);
        command.add(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
        return command;
    }
}
