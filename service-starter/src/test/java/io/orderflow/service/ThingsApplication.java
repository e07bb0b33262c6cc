package io.orderflow.service;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** An application with one controller on the conventions of this module. */
@SpringBootConfiguration
@Import(ThingsApplication.Things.class)
@ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    ErrorMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    ValidationAutoConfiguration.class,
    ServiceAutoConfiguration.class
})
class ThingsApplication {

    record Item(@NotNull @Min(1) @Max(10) Integer quantity) {}

    record Thing(String name, @NotNull List<@NotNull @Valid Item> items) {}

    @RestController
    static class Things {

        private static final Cursors<Integer> CURSORS = new Cursors<>("things", Integer::valueOf);

        @PostMapping("/things")
        String add(@Valid @RequestBody Thing thing) {
            return "added";
        }

        @GetMapping("/things")
        Page<String> list(@Valid Paging paging) {
            Integer after = CURSORS.after(paging);
            List<Integer> found = IntStream.rangeClosed(after == null ? 0 : after + 1, 2)
                    .limit(paging.limit())
                    .boxed()
                    .toList();
            return CURSORS.page(found, paging, last -> last).map(String::valueOf);
        }

        @GetMapping(path = "/things/{id}", produces = "application/json")
        String thing(@PathVariable UUID id) {
            return "{}";
        }

        @GetMapping("/broken")
        String broken() {
            throw new IllegalStateException("a secret");
        }

        @GetMapping("/unstorable")
        String unstorable() throws Exception {
            throw new SQLException("invalid byte sequence for encoding \"UTF8\": 0x00", "22021");
        }

        @GetMapping("/unavailable")
        String unavailable() throws Exception {
            throw new SQLTransientConnectionException("no connection");
        }
    }
}
