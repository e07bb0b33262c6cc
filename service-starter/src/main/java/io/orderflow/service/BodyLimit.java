package io.orderflow.service;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends the reading of a body that is too large: before the first byte if its length is stated, else as soon as the limit
 * is passed. Tomcat itself limits forms only.
 */
class BodyLimit extends OncePerRequestFilter {

    /** Thrown while a body is read. */
    static class ExceededException extends IOException {

        ExceededException(DataSize limit) {
            super("A body of up to " + limit.toKilobytes() + " KiB is read.");
        }
    }

    private final DataSize limit;

    BodyLimit(DataSize limit) {
        this.limit = limit;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new Limited(request), response);
    }

    private class Limited extends HttpServletRequestWrapper {

        Limited(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (getContentLengthLong() > limit.toBytes()) {
                throw new ExceededException(limit);
            }
            return new Counted(super.getInputStream());
        }
    }

    private class Counted extends ServletInputStream {

        private final ServletInputStream body;
        private long read;

        Counted(ServletInputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int next = body.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int number = body.read(bytes, offset, length);
            count(number);
            return number;
        }

        private void count(int number) throws IOException {
            read += Math.max(number, 0);
            if (read > limit.toBytes()) {
                throw new ExceededException(limit);
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
