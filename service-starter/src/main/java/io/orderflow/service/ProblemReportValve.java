package io.orderflow.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;

/** Reports what Tomcat rejects before it reaches the application ({@code %00} in a path) as a problem instead of HTML. */
class ProblemReportValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        HttpStatusCode status = HttpStatusCode.valueOf(response.getStatus());
        if (!status.isError() || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            Writer body = response.getReporter();
            if (body != null) {
                body.write(ProblemResponse.json(
                        request, Problem.of(status).explained(status, "The server rejected the request.")));
                response.finishResponse();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The response to a rejected request cannot be written.", e);
        }
    }
}
