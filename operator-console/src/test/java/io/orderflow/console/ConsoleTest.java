package io.orderflow.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestBuilders.formLogin;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.response.SecurityMockMvcResultMatchers.authenticated;
import static org.springframework.security.test.web.servlet.response.SecurityMockMvcResultMatchers.unauthenticated;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.orderflow.servers.Ports;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.RequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** The pages, their roles and what they ask the services. */
@SpringBootTest(properties = {"orderflow.operator.password=secret", "orderflow.operator.reader-password=look"})
@AutoConfigureMockMvc
class ConsoleTest {

    private static final String LETTER = """
            {"id": 7, "group": "email", "topic": "orders", "source": "/order-service", "messageId": "m-7",
             "type": "order.created.v1", "key": "4f2c", "size": 9, "reason": "<b>malformed</b>", "cause": null,
             "exception": "UndecodableException", "place": "io.shop.Handler#on:7", "fingerprint": "abc", "attempts": 1,
             "failures": 1, "firstFailure": "2026-11-01T10:00:00Z", "lastFailure": "2026-11-01T10:00:00Z", "redriven": 0,
             "state": "WAITING", "changedAt": "2026-11-01T10:00:00Z"}""";

    private static final String DETAILS = """
            {"letter": %s, "headers": {"ce_id": "m-7"}, "sentAt": "2026-11-01T10:00:00Z", "history": [],
             "payload": {"size": 9, "encoding": "text", "content": "<script>private</script>", "truncated": false}}""".formatted(LETTER);

    private static final String JOB = """
            {"id": "6d8a6ad4-3c9f-4a3b-9d6f-0b9f6a2f6b11", "order": {"dryRun": false, "perSecond": 5, "stopOnFailure": true},
             "state": "RUNNING", "startedBy": "operator", "startedAt": "2026-11-01T10:00:00Z", "endedBy": null,
             "endedAt": null, "note": null, "matched": 10, "redriven": 4, "refused": 0, "failedAgain": 0}""";

    private static final RequestPostProcessor OPERATOR = user("operator").roles("OPERATOR");
    private static final RequestPostProcessor READER = user("reader").roles("READER");

    private static ServiceStub email;

    @Autowired
    private MockMvc pages;

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry properties) throws IOException {
        email = new ServiceStub();
        email.answers("GET /actuator/health", """
                {"status": "DOWN", "components": {"db": {"status": "UP"},
                 "messaging": {"status": "DOWN", "details": {"reasons": ["email of orders is paused"]}}}}""");
        email.answersText(
                "GET /actuator/prometheus",
                "messaging_dead_letters_unresolved{group=\"email\"} 3.0\nmessaging_outbox_parked 2.0\n"
                        + "messaging_conservation_missing{group=\"email\",topic=\"orders\"} 4.0\n"
                        + "messaging_conservation_missing{group=\"other\",topic=\"orders\"} NaN\n");
        email.answers("GET /conservation/published", """
                {"items": [{"topic": "orders", "source": "/shop", "slots": {"2026-11-01T10:00:00Z": 4}}]}""");
        email.answers("POST /conservation/check", "{\"items\": []}");
        email.answers("GET /dead-letters/7", DETAILS);
        email.answers("GET /dead-letters", """
                {"items": [%s], "page": 0, "size": 25, "total": 1, "fingerprints": []}""".formatted(LETTER));
        email.answers("POST /dead-letters/7/redrive", LETTER);
        email.answers("POST /dead-letters/redrives", JOB);
        email.answers("GET /dead-letters/redrives/6d8a6ad4-3c9f-4a3b-9d6f-0b9f6a2f6b11", JOB);
        email.refuses("POST /dead-letters/7/discard", 409, "Dead letter 7 is REDRIVEN; nothing was changed.");
        properties.add("console.services.email.api", email::address);
        properties.add("console.services.email.management", email::address);
        String nobody = "http://localhost:" + Ports.free();
        for (String name : new String[] {"order", "inventory", "shipping", "analytics"}) {
            properties.add("console.services." + name + ".api", () -> nobody);
            properties.add("console.services." + name + ".management", () -> nobody);
        }
    }

    @AfterAll
    static void close() {
        email.close();
    }

    @Test
    void without_a_login_no_page_is_shown_and_nothing_is_changed() throws Exception {
        for (String path :
                new String[] {"/", "/overview/state", "/dead-letters", "/orders", "/topology", "/operations"}) {
            pages.perform(get(path).accept(MediaType.TEXT_HTML)).andExpect(redirectedUrl("/login"));
        }
        pages.perform(post("/dead-letters/email/7/redrive").with(csrf()).accept(MediaType.TEXT_HTML))
                .andExpect(redirectedUrl("/login"));
        pages.perform(get("/overview/state").header("HX-Request", "true"))
                .andExpect(status().isUnauthorized())
                .andExpect(header().string("HX-Refresh", "true"));
    }

    @Test
    void the_login_page_and_what_it_loads_are_public() throws Exception {
        for (String path : new String[] {"/login", "/console.css", "/icon.svg", "/webjars/htmx.org/dist/htmx.min.js"}) {
            pages.perform(get(path)).andExpect(status().isOk());
        }
    }

    @Test
    void only_the_right_password_logs_in() throws Exception {
        pages.perform(formLogin().user("operator").password("secret"))
                .andExpect(authenticated().withRoles("OPERATOR"));
        pages.perform(formLogin().user("reader").password("look"))
                .andExpect(authenticated().withRoles("READER"));
        pages.perform(formLogin().user("operator").password("look")).andExpect(unauthenticated());
    }

    @Test
    void the_overview_shows_what_needs_an_operator() {
        await().untilAsserted(() -> pages.perform(get("/overview/state").with(OPERATOR))
                .andExpect(content()
                        .string(allOf(
                                containsString("email of orders is paused"),
                                containsString("3 dead letter(s) await an operator."),
                                containsString("2 message(s) were rejected by the broker"),
                                containsString("4 message(s) were published and are missing"),
                                containsString("order-service does not answer at localhost:"),
                                containsString("UNREACHABLE")))));
    }

    @Test
    void each_service_compares_its_groups_with_what_all_have_published() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(email.requests())
                        .anyMatch(each -> each.startsWith("GET /conservation/published"))
                        .anyMatch(each -> each.startsWith("POST /conservation/check")));
    }

    @Test
    void no_script_but_the_consoles_own_runs() throws Exception {
        pages.perform(get("/dead-letters/email/7").with(OPERATOR))
                .andExpect(header().string(
                                "Content-Security-Policy",
                                allOf(
                                        containsString("default-src 'none'"),
                                        containsString("script-src 'self'"),
                                        not(containsString("unsafe")))))
                .andExpect(content()
                        .string(allOf(
                                containsString("&lt;script&gt;private&lt;/script&gt;"),
                                containsString("&lt;b&gt;malformed&lt;/b&gt;"),
                                not(containsString("<script>private")))));
    }

    @Test
    void readers_see_no_payload_and_change_nothing() throws Exception {
        pages.perform(get("/dead-letters/email/7").with(READER))
                .andExpect(status().isOk())
                .andExpect(content()
                        .string(allOf(
                                not(containsString("private")),
                                not(containsString("redrive?")),
                                not(containsString(">Redrive<")))));
        pages.perform(post("/dead-letters/email/7/redrive").with(READER).with(csrf()))
                .andExpect(status().isForbidden());
        assertThat(email.requests()).noneMatch(line -> line.startsWith("POST /dead-letters/7/redrive"));
    }

    @Test
    void a_change_needs_a_csrf_token() throws Exception {
        pages.perform(post("/dead-letters/redrives").with(OPERATOR).param("service", "email"))
                .andExpect(status().isForbidden());
    }

    @Test
    void filters_are_passed_on_as_they_are_typed() throws Exception {
        pages.perform(get("/dead-letters")
                        .with(OPERATOR)
                        .param("service", "email")
                        .param("state", "WAITING")
                        .param("text", "50% & {more}"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("/dead-letters/email/7")));

        assertThat(email.requests())
                .anyMatch(line -> line.contains("state=WAITING&text=50%25%20%26%20%7Bmore%7D ")
                        && line.endsWith(" Basic b3BlcmF0b3I6c2VjcmV0"));
    }

    @Test
    void a_redrive_of_many_leads_to_its_progress() throws Exception {
        pages.perform(post("/dead-letters/redrives")
                        .with(OPERATOR)
                        .with(csrf())
                        .param("service", "email")
                        .param("fingerprint", "abc")
                        .param("perSecond", "5")
                        .param("stopOnFailure", "true"))
                .andExpect(redirectedUrl("/operations/redrives/email/6d8a6ad4-3c9f-4a3b-9d6f-0b9f6a2f6b11"));

        pages.perform(get("/operations/redrives/email/6d8a6ad4-3c9f-4a3b-9d6f-0b9f6a2f6b11")
                        .with(OPERATOR))
                .andExpect(content()
                        .string(allOf(
                                containsString("max=\"10\""),
                                containsString("value=\"4\""),
                                containsString("every 1s"))));
    }

    @Test
    void a_subscription_is_paused_and_resumed() throws Exception {
        email.answers("GET /subscriptions", """
                {"items": [{"topic": "orders", "group": "email", "members": 1, "broadcast": false, "pause": null},
                           {"topic": "a/b", "group": "c d", "members": 1, "broadcast": false,
                            "pause": {"reason": "OPERATOR", "description": "since noon by ada"}}]}""");
        email.answers("GET /dead-letters/redrives", "{\"items\": []}");
        email.answers("GET /outbox/parked", "{\"items\": [], \"page\": 0, \"size\": 50, \"total\": 0}");
        email.answers("POST /subscriptions/orders/email/pause", "{}");
        email.answers("POST /subscriptions/a%2Fb/c%20d/resume", "{}");

        pages.perform(get("/operations").with(OPERATOR))
                .andExpect(content()
                        .string(allOf(
                                containsString("aria-label=\"Pause email on orders\""),
                                containsString("aria-label=\"Resume c d on a/b\""),
                                containsString("paused: since noon by ada"))));
        pages.perform(change("pause", "orders", "email")).andExpect(redirectedUrl("/operations"));
        pages.perform(change("resume", "a/b", "c d")).andExpect(redirectedUrl("/operations"));
    }

    private static RequestBuilder change(String change, String topic, String group) {
        return post("/operations/subscriptions/" + change)
                .with(OPERATOR)
                .with(csrf())
                .param("service", "email")
                .param("topic", topic)
                .param("group", group);
    }

    @Test
    void the_changes_of_operators_are_listed_and_a_service_without_an_answer_is_named() throws Exception {
        email.answers("GET /audit", """
                {"items": [{"id": 2, "at": "2026-11-01T12:00:00Z", "operator": "ada", "status": 404, "result": null,
                            "request": "POST /dead-letters/<7>/discard"},
                           {"id": 1, "at": "2026-11-01T11:00:00Z", "operator": "ada", "status": null, "result": null,
                            "request": "POST /outbox/parked/1/delete"}]}""");

        pages.perform(get("/audit").with(READER))
                .andExpect(content()
                        .string(allOf(
                                containsString("POST /dead-letters/&lt;7&gt;/discard"),
                                containsString("not completed"),
                                containsString("order-service does not answer"))));
    }

    @Test
    void the_reason_of_a_refusal_is_shown() throws Exception {
        pages.perform(post("/dead-letters/email/7/discard").with(OPERATOR).with(csrf()))
                .andExpect(status().isConflict())
                .andExpect(content().string(containsString("Dead letter 7 is REDRIVEN; nothing was changed.")));
        pages.perform(get("/dead-letters?service=nobody").with(OPERATOR)).andExpect(status().isNotFound());
        pages.perform(get("/orders?id=no-uuid").with(OPERATOR)).andExpect(status().isNotFound());
    }

    @Test
    void a_service_that_does_not_answer_is_named() throws Exception {
        pages.perform(get("/orders").with(OPERATOR))
                .andExpect(status().isBadGateway())
                .andExpect(content().string(containsString("order-service does not answer at localhost:")));
        pages.perform(get("/operations").with(OPERATOR))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("inventory-service does not answer at localhost:")));
    }
}
