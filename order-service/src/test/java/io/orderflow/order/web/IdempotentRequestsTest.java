package io.orderflow.order.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.same;
import static org.mockito.ArgumentMatchers.startsWith;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

import io.orderflow.order.usecases.IdempotencyKeys;
import io.orderflow.order.usecases.StoredResponses.Response;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

class IdempotentRequestsTest {

    private final IdempotencyKeys keys = mock();
    private final HandlerExceptionResolver problems = mock();
    private final IdempotentRequests filter = new IdempotentRequests(keys, problems);
    private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/orders");
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    private final FilterChain handler = (sent, answered) -> {
        ((HttpServletResponse) answered).setStatus(201);
        ((HttpServletResponse) answered).setHeader("Location", "/orders/1");
        answered.setContentType("application/json");
        answered.getOutputStream().write("{}".getBytes(UTF_8));
    };

    IdempotentRequestsTest() {
        request.setServletPath("/orders");
        request.addHeader("Idempotency-Key", "k1");
    }

    @Test
    void aKeyBelongsToItsCaller() throws Exception {
        request.setUserPrincipal(new TestingAuthenticationToken("ada", null, "ROLE_CUSTOMER"));
        given(keys.execute(eq("ada[ROLE_CUSTOMER] /orders k1"), startsWith("2:"), any()))
                .willReturn(new Response(201, "/orders/7", "7"));

        filter.doFilter(request, response, handler);

        assertThat(response.getStatus()).isEqualTo(201);
        assertThat(response.getHeader("Location")).isEqualTo("/orders/7");
        assertThat(response.getContentType()).isEqualTo("application/json");
        assertThat(response.getContentAsString()).isEqualTo("7");
    }

    @Test
    void aFirstResponseIsSentAsTheHandlerWroteIt() throws Exception {
        given(keys.execute(any(), any(), any()))
                .willAnswer(call -> call.<Supplier<Response>>getArgument(2).get());

        filter.doFilter(request, response, handler);

        assertThat(response.getStatus()).isEqualTo(201);
        assertThat(response.getHeaders("Location")).containsExactly("/orders/1");
        assertThat(response.getContentAsString()).isEqualTo("{}");
    }

    @Test
    void aResponseIsNotSentIfItsTransactionIsNotCommitted() throws Exception {
        RuntimeException failure = new DataAccessResourceFailureException("no connection");
        given(keys.execute(any(), any(), any())).willAnswer(call -> {
            call.<Supplier<Response>>getArgument(2).get();
            throw failure;
        });
        given(problems.resolveException(any(), any(), any(), same(failure))).willAnswer(call -> {
            call.<HttpServletResponse>getArgument(1).setStatus(503);
            return new ModelAndView();
        });

        filter.doFilter(request, response, handler);

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Location")).isNull();
        assertThat(response.getContentAsString()).isEmpty();
    }

    @Test
    void aQuoteIsExecutedWithoutATransaction() throws Exception {
        request.setRequestURI("/shipping-quotes");
        request.setServletPath("/shipping-quotes");
        given(keys.executeWithoutEffect(eq("anonymous /shipping-quotes k1"), any(), any()))
                .willReturn(new Response(200, null, "{}"));

        filter.doFilter(request, response, handler);

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.containsHeader("Location")).isFalse();
    }

    @Test
    void otherMethodsAreNotAffected() throws Exception {
        request.setMethod("PUT");

        filter.doFilter(request, response, handler);

        assertThat(response.getStatus()).isEqualTo(201);
        verifyNoInteractions(keys);
    }
}
