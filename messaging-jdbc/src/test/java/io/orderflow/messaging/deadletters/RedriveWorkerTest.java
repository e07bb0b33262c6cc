package io.orderflow.messaging.deadletters;

import static io.orderflow.messaging.deadletters.DeadLetterBench.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.deadletters.RedriveJob.State;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedriveWorkerTest {

    private final DeadLetterBench bench = new DeadLetterBench();
    private final RedriveJobs jobs = new RedriveJobs(bench.database, DeadLetterBench.MAX_REDRIVES, () -> {});
    private final RedriveWorker worker = worker();
    private Instant now = NOW;

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void a_job_redrives_what_fits_at_its_rate_and_no_faster() {
        collect(25);
        bench.collect("other", NOW, "java.io.IOException", "shop.Mail#send:1");
        UUID id = start(10, false, "java.lang.IllegalStateException");

        step(1);
        assertThat(job(id).redriven()).isEqualTo(1);
        step(3);
        assertThat(job(id).redriven()).isEqualTo(1);
        after(Duration.ofMillis(500));
        assertThat(job(id).redriven()).isEqualTo(6);
        after(Duration.ofHours(1)); // what was not used is not made up for
        assertThat(job(id).redriven()).isEqualTo(17);
        after(Duration.ofSeconds(1));

        RedriveJob job = job(id);
        assertThat(job.state()).isEqualTo(State.COMPLETED);
        assertThat(job.matched()).isEqualTo(25);
        assertThat(job.redriven()).isEqualTo(25);
        assertThat(bench.outboxRows()).isEqualTo(25);
        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void a_dry_run_counts_and_touches_nothing() {
        collect(5);
        bench.jdbc
                .sql("update messaging_dead_letter set redriven = 3 where message_id = 'm1'")
                .update();
        RedriveJob job = jobs.start(new RedriveOrder(DeadLetterFilter.all(), null, true, 10, false), "ada");
        step(2);

        assertThat(job.state()).isEqualTo(State.COMPLETED);
        assertThat(job.matched()).isEqualTo(5);
        assertThat(job.refused()).isEqualTo(1);
        assertThat(bench.outboxRows()).isZero();
        assertThat(waiting()).isEqualTo(5);
    }

    @Test
    void a_job_stops_when_one_of_its_letters_fails_again() {
        collect(10);
        UUID id = start(1, true, null);
        step(1);
        bench.failAgain("m1", NOW.plusSeconds(1));
        after(Duration.ofSeconds(1));

        RedriveJob job = job(id);
        assertThat(job.state()).isEqualTo(State.STOPPED);
        assertThat(job.redriven()).isEqualTo(1);
        assertThat(job.failedAgain()).isEqualTo(1);
        assertThat(job.note()).contains("failed again");
        after(Duration.ofSeconds(5));
        assertThat(bench.outboxRows()).isEqualTo(1);
    }

    @Test
    void what_fails_again_during_a_job_is_not_redriven_by_it_a_second_time() {
        collect(3);
        UUID id = start(1, false, null);
        step(1);
        bench.failAgain("m1", NOW.plusSeconds(1));
        for (int i = 0; i < 5; i++) {
            after(Duration.ofSeconds(1));
        }

        assertThat(job(id).state()).isEqualTo(State.COMPLETED);
        assertThat(job(id).redriven()).isEqualTo(3);
        assertThat(job(id).failedAgain()).isEqualTo(1);
        assertThat(bench.outboxRows()).isEqualTo(3);
    }

    @Test
    void a_job_redrives_no_more_than_its_first_ones_though_others_fail_again_meanwhile() {
        collect(4);
        long second = bench.deadLetters.list(DeadLetterFilter.all(), 0, 10).stream()
                .filter(letter -> letter.messageId().equals("m2"))
                .findFirst()
                .orElseThrow()
                .id();
        bench.redriving.redrive(second, "bob");
        UUID id = jobs.start(new RedriveOrder(DeadLetterFilter.all(), 2, false, 1, false), "ada")
                .id();
        step(1);
        bench.failAgain("m2", NOW.plusSeconds(1));
        for (int i = 0; i < 4; i++) {
            after(Duration.ofSeconds(1));
        }

        assertThat(job(id).state()).isEqualTo(State.COMPLETED);
        assertThat(job(id).redriven()).isEqualTo(2);
        assertThat(bench.outboxRows()).as("with the one of bob").isEqualTo(3);
    }

    @Test
    void a_cancelled_job_redrives_nothing_more() {
        collect(10);
        UUID id = start(1, false, null);
        step(1);
        assertThat(jobs.cancel(id, "bob")).isTrue();
        assertThat(jobs.cancel(id, "bob")).isFalse();
        after(Duration.ofSeconds(5));

        assertThat(job(id).state()).isEqualTo(State.CANCELLED);
        assertThat(job(id).endedBy()).isEqualTo("bob");
        assertThat(bench.outboxRows()).isEqualTo(1);
    }

    @Test
    void another_instance_goes_on_where_a_crashed_one_was_and_the_crashed_one_does_nothing_more() {
        collect(10);
        UUID id = start(5, false, null);
        step(1);
        RedriveWorker other = worker();
        other.step();
        assertThat(job(id).redriven())
                .as("while the lease runs, nobody else works on it")
                .isEqualTo(1);

        bench.jdbc
                .sql("update messaging_redrive set lease_until = now() - interval '1 second'")
                .update();
        other.step();
        assertThat(job(id).redriven()).isEqualTo(2);
        after(Duration.ofSeconds(1)); // the first one wakes up, and has lost its lease
        assertThat(job(id).redriven()).isEqualTo(2);
        for (int i = 0; i < 3; i++) {
            now = now.plusSeconds(1);
            other.step();
        }

        assertThat(job(id).state()).isEqualTo(State.COMPLETED);
        assertThat(bench.outboxRows()).isEqualTo(10);
        assertThat(bench.jdbc
                        .sql("select max(redriven) from messaging_dead_letter")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void a_step_that_breaks_off_leaves_neither_letters_nor_progress() {
        collect(10);
        UUID id = start(100, false, null);
        bench.jdbc
                .sql("create function halt() returns trigger language plpgsql as"
                        + " $$ begin if new.topic is not null and (select count(*) from messaging_outbox) > 4"
                        + " then raise 'the disk is full'; end if; return new; end $$")
                .update();
        bench.jdbc
                .sql("create trigger halt before insert on messaging_outbox for each row execute function halt()")
                .update();
        assertThatThrownBy(() -> {
                    step(1);
                    after(Duration.ofSeconds(1));
                })
                .hasMessageContaining("the disk is full");
        assertThat(job(id).redriven()).isEqualTo(bench.outboxRows()).isEqualTo(10 - waiting());

        bench.jdbc.sql("drop trigger halt on messaging_outbox").update();
        after(Duration.ofSeconds(1));
        assertThat(job(id).state()).isEqualTo(State.COMPLETED);
        assertThat(bench.outboxRows()).isEqualTo(10);
    }

    @Test
    void ten_thousand_are_redriven_once_each_though_their_worker_dies_now_and_then() {
        collect(1);
        bench.jdbc
                .sql("insert into messaging_dead_letter (consumer_group, topic, message_id, digest, value, headers,"
                        + " made_at, reason, fingerprint, attempts, first_failure, last_failure)"
                        + " select consumer_group, topic, 'more-' || i, digest, value, '{}', made_at, reason,"
                        + " fingerprint, attempts, first_failure, last_failure"
                        + " from messaging_dead_letter, generate_series(2, 10000) i")
                .update();
        UUID id = start(1_000, true, null);
        RedriveWorker at = worker();
        for (int i = 1; job(id).state() == State.RUNNING; i++) {
            assertThat(i).as("steps, of 100 each at most").isLessThan(150);
            now = now.plusMillis(100);
            at.step();
            if (i % 20 == 0) {
                bench.jdbc
                        .sql("update messaging_redrive set lease_until = now() - interval '1 second'")
                        .update();
                at = worker();
            }
        }

        assertThat(job(id).redriven()).isEqualTo(10_000);
        assertThat(Duration.between(NOW, now)).isGreaterThan(Duration.ofMillis(9_500));
        assertThat(bench.jdbc
                        .sql("select count(distinct headers ->> 'ce_id') from messaging_outbox")
                        .query(Long.class)
                        .single())
                .isEqualTo(bench.outboxRows())
                .isEqualTo(10_000);
    }

    private RedriveWorker worker() {
        return new RedriveWorker(
                bench.database, bench.transactions, bench.redriving, () -> NOW.until(now, ChronoUnit.NANOS));
    }

    private void collect(int number) {
        for (int i = 1; i <= number; i++) {
            bench.collect("m" + i, NOW, "java.lang.IllegalStateException", "shop.Stock#take:42");
        }
    }

    private UUID start(int perSecond, boolean stop, String exception) {
        String fingerprint = exception == null
                ? null
                : bench.deadLetters.list(DeadLetterFilter.all(), 0, 100).stream()
                        .filter(letter -> exception.equals(letter.exception()))
                        .map(DeadLetter::fingerprint)
                        .findFirst()
                        .orElseThrow();
        DeadLetterFilter filter =
                new DeadLetterFilter(null, null, null, fingerprint, null, null, null, null, null, null);
        return jobs.start(new RedriveOrder(filter, null, false, perSecond, stop), "ada")
                .id();
    }

    private void after(Duration time) {
        now = now.plus(time);
        step(2);
    }

    private void step(int times) {
        for (int i = 0; i < times; i++) {
            worker.step();
        }
    }

    private RedriveJob job(UUID id) {
        return jobs.find(id).orElseThrow();
    }

    private long waiting() {
        return bench.deadLetters.count(DeadLetterFilter.all().in(DeadLetterState.WAITING));
    }
}
