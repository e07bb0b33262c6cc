package io.orderflow.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.tracing.Tracer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class TraceIdsTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @Import(ThingsApplication.class)
    @ImportAutoConfiguration({
        ObservationAutoConfiguration.class,
        MicrometerTracingAutoConfiguration.class,
        OpenTelemetrySdkAutoConfiguration.class,
        OpenTelemetryTracingAutoConfiguration.class,
        WebMvcObservationAutoConfiguration.class
    })
    static class TracedApplication {}

    @Test
    void a_problem_and_its_log_line_name_the_trace(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext application =
                start("--management.tracing.export.enabled=true", "--server.port=0")) {
            JsonNode problem = JsonMapper.shared().readTree(broken(application));

            assertThat(problem.get("traceId").asString()).isEqualTo(TRACE);
            assertThat(output).containsPattern("ERROR " + TRACE + " ProblemAdvice +GET /broken failed");
        }
    }

    @Test
    void by_default_there_are_no_traces(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext application = start("--server.port=0")) {
            assertThat(broken(application)).doesNotContain("traceId");
            assertThat(application.getBeanNamesForType(Tracer.class)).isEmpty();
            assertThat(output).containsPattern("ERROR ProblemAdvice +GET /broken failed");
        }
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        SpringApplication application = new SpringApplication(TracedApplication.class);
        application.setRegisterShutdownHook(false);
        return application.run(arguments);
    }

    private static String broken(ConfigurableApplicationContext application) throws Exception {
        int port = ((ServletWebServerApplicationContext) application)
                .getWebServer()
                .getPort();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/broken"))
                .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(500);
        return response.body();
    }
}
