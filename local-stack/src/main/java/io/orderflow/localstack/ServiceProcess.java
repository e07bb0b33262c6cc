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
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;

/** One service as a process of {@code java -jar}. */
public final class ServiceProcess {

    /** Small on purpose: the whole stack is to fit into 1.5 GB. */
    private static final List<String> SMALL = List.of(
            "-Xms32m",
            "-Xmx112m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=48m",
            "-XX:+ExitOnOutOfMemoryError");

    private static final Duration PROBE = Duration.ofSeconds(3);

    private final Service service;
    private final String name;
    private final URI address;
    private final URI management;
    private final LocalProcess process;
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param instance which of this service's processes it is, from 1 */
    ServiceProcess(
            Service service,
            int instance,
            Path jar,
            Path logs,
            int port,
            int managementPort,
            Map<String, String> settings) {
        this.service = service;
        this.name = instance == 1 ? service.module() : service.module() + "-" + instance;
        this.address = URI.create("http://localhost:" + port);
        this.management = URI.create("http://localhost:" + managementPort);
        this.process = new LocalProcess(name, logs, command(jar), settings, "TERM");
    }

    public Service service() {
        return service;
    }

    /** Its service's, with a number behind it if it is not the first of them. */
    public String name() {
        return name;
    }

    /** Where operators ask it over HTTP. */
    public URI management() {
        return management;
    }

    /** Its process id while it runs. */
    public OptionalLong pid() {
        return process.pid();
    }

    /** Where it is asked over HTTP. */
    public URI address() {
        return address;
    }

    /** Starts it, or starts it again. Returns before it is ready. */
    public void start() {
        process.start();
    }

    /** Ends it in good order. Returns once it is gone. */
    public void stop() {
        process.stop();
    }

    /** Ends it as {@code kill -9} does. */
    public void crash() {
        process.kill();
    }

    /** Freezes it: its connections stay open and it does nothing. */
    public void freeze() {
        process.freeze();
    }

    /** Lets it go on after {@link #freeze()}. */
    public void thaw() {
        process.thaw();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it says of itself that it is UP. */
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
    public String lastWords() {
        return process.lastWords();
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
        List<String> command = new ArrayList<>(SMALL);
        command.add(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
        return command;
    }
}
