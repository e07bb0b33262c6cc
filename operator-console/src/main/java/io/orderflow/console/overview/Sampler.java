package io.orderflow.console.overview;

import io.orderflow.console.services.MonitoredService;
import io.orderflow.console.services.MonitoredServices;
import io.orderflow.console.services.RefusedException;
import io.orderflow.console.services.ServiceUnreachableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Asks all services every two seconds, in parallel, and keeps the last three minutes in memory. Pages show the last samples. */
@Component
public class Sampler {

    static final int HISTORY = 90;

    private final MonitoredServices services;
    private final Executor executor;
    private final InstantSource clock = InstantSource.system();
    private volatile Map<String, ServiceStatus> latest = new LinkedHashMap<>();

    Sampler(MonitoredServices services, @Qualifier("applicationTaskExecutor") Executor executor) {
        this.services = services;
        this.executor = executor;
        services.all()
                .forEach(each -> latest.put(each.name(), new ServiceStatus(each.name(), null, null, 0, List.of())));
    }

    /** In the order of the configuration. */
    public List<ServiceStatus> latest() {
        return List.copyOf(latest.values());
    }

    @Scheduled(fixedDelayString = "PT2S")
    void sample() {
        List<CompletableFuture<ServiceStatus>> answers = services.all().stream()
                .map(service -> CompletableFuture.supplyAsync(() -> next(service), executor))
                .toList();
        Map<String, ServiceStatus> all = new LinkedHashMap<>();
        answers.stream().map(CompletableFuture::join).forEach(status -> all.put(status.name(), status));
        latest = all;
    }

    private ServiceStatus next(MonitoredService service) {
        ServiceStatus before = latest.get(service.name());
        try {
            ServiceSample sample =
                    ServiceSample.of(clock.instant(), service.health(), new PrometheusText(service.metrics()));
            double rate = rate(before.sample(), sample);
            return new ServiceStatus(service.name(), sample, null, rate, appended(before.history(), rate));
        } catch (ServiceUnreachableException | RefusedException e) {
            return new ServiceStatus(service.name(), before.sample(), e.getMessage(), 0, appended(before.history(), 0));
        }
    }

    /** After a restart of the service its counter begins at 0 again. */
    private static double rate(@Nullable ServiceSample before, ServiceSample now) {
        if (before == null || now.handled() < before.handled()) {
            return 0;
        }
        double seconds = Duration.between(before.at(), now.at()).toMillis() / 1_000.0;
        return seconds <= 0 ? 0 : (now.handled() - before.handled()) / seconds;
    }

    private static List<Double> appended(List<Double> history, double value) {
        List<Double> values = new ArrayList<>(history);
        values.add(value);
        return List.copyOf(values.subList(Math.max(0, values.size() - HISTORY), values.size()));
    }
}
