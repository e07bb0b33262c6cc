package io.orderflow.email.usecases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.orderflow.email.OnPostgres;
import io.orderflow.email.TestPostman;
import io.orderflow.email.domain.Letter;
import io.orderflow.email.domain.LetterRefusedException;
import io.orderflow.email.domain.Letters;
import io.orderflow.email.domain.Mail;
import io.orderflow.events.EmailAddress;
import io.orderflow.events.OrderId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

@SpringJUnitConfig(OnPostgres.class)
class SendLetterTest {

    private static final OrderId ORDER = new OrderId("order-1");
    private static final Letter LETTER = Letters.cancellation(ORDER, "changed my mind");
    private static final Letter CONFIRMATION = Letters.confirmation(ORDER, List.of(), null, null);

    @Autowired
    SendLetter letters;

    @Autowired
    RememberContact contacts;

    @Autowired
    ForgetContacts forget;

    @Autowired
    ViewMails view;

    @Autowired
    TestPostman postman;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void startAfresh() {
        jdbc.sql("truncate contact, mail").update();
        postman.reset();
        contacts.remember(ORDER, new EmailAddress("ada@example.com"));
    }

    @Test
    void aLetterIsSentOnceHoweverOftenItIsAskedFor() {
        letters.send(LETTER);
        letters.send(LETTER);

        assertThat(postman.delivered()).hasSize(1);
        assertThat(mail().status()).isEqualTo(Mail.Status.SENT);
        assertThat(mail().sentAt()).isNotNull();
    }

    @Test
    void eachKindIsALetterOfItsOwn() {
        letters.send(Letters.confirmation(ORDER, List.of(), null, null));
        letters.send(LETTER);

        assertThat(postman.delivered()).hasSize(2);
        assertThat(view.count("order-1")).isEqualTo(2);
    }

    @Test
    void aLetterForSomebodyUnknownIsWorthAnotherTry() {
        Letter early = Letters.dispatchNote(new OrderId("order-2"), "Parcel", "T-1");
        assertThatExceptionOfType(ContactUnknownException.class).isThrownBy(() -> letters.send(early));

        contacts.remember(new OrderId("order-2"), new EmailAddress("bob@example.com"));
        letters.send(early);

        assertThat(postman.delivered()).containsExactly(early);
    }

    @Test
    void theFirstAddressOfAnOrderStays() {
        contacts.remember(ORDER, new EmailAddress("mallory@example.com"));
        letters.send(LETTER);

        assertThat(mail().to()).isEqualTo(new EmailAddress("ada@example.com"));
    }

    @Test
    void whenTheServerIsAwayTheClaimIsGivenBackAndTheNextAttemptSends() {
        postman.onTheWay(() -> {
            throw new IllegalStateException("away");
        });
        assertThatIllegalStateException().isThrownBy(() -> letters.send(LETTER));
        assertThat(mail().status()).isEqualTo(Mail.Status.PENDING);

        postman.reset();
        letters.send(LETTER);

        assertThat(mail().status()).isEqualTo(Mail.Status.SENT);
        assertThat(mail().attempts()).isEqualTo(2);
    }

    @Test
    void aRefusedLetterHasFailedAndCanBeSentWhenPeopleSayAgain() {
        postman.onTheWay(() -> {
            throw new LetterRefusedException("refused with 550");
        });
        assertThatExceptionOfType(LetterRefusedException.class).isThrownBy(() -> letters.send(LETTER));
        assertThat(mail().status()).isEqualTo(Mail.Status.FAILED);
        assertThat(mail().failure()).isEqualTo("refused with 550");

        postman.reset();
        letters.send(LETTER);

        assertThat(mail().status()).isEqualTo(Mail.Status.SENT);
        assertThat(mail().failure()).isNull();
    }

    @Test
    void ofManyInstancesAtTheSameLetterOneSendsAndTheOthersComeAgain() {
        CompletableFuture<?>[] all = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> {
                            try {
                                letters.send(LETTER);
                            } catch (LetterClaimedException e) {
                                // not done for this one: it would come again later
                            }
                        },
                        thread -> new Thread(thread).start()))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();

        assertThat(postman.delivered()).hasSize(1);
    }

    @Test
    void whileAnotherIsSendingItIsNotDone() {
        postman.onTheWay(() -> {
            postman.reset();
            assertThatExceptionOfType(LetterClaimedException.class).isThrownBy(() -> letters.send(LETTER));
        });
        letters.send(LETTER);

        assertThat(postman.delivered()).hasSize(1);
    }

    @Test
    void theClaimOfADeadInstanceRunsOut() {
        postman.onTheWay(() -> {
            postman.reset();
            // Whoever was sending is taken for dead, and another sends; in truth it was only slow, and fails late.
            jdbc.sql("update mail set claimed_until = now() - interval '1 second'")
                    .update();
            letters.send(LETTER);
            throw new LetterRefusedException("too late");
        });
        assertThatExceptionOfType(LetterRefusedException.class).isThrownBy(() -> letters.send(LETTER));

        assertThat(postman.delivered()).hasSize(1);
        assertThat(mail().status()).isEqualTo(Mail.Status.SENT);
    }

    @Test
    void aClaimCostsALetterSecondsIfItsInstanceDies() {
        postman.onTheWay(() -> assertThat(claimedForSeconds()).isBetween(1.0, 15.0));
        letters.send(LETTER);
    }

    @Test
    void aClaimIsRenewedWhileASlowServerTakesItsTime() {
        postman.onTheWay(() -> {
            jdbc.sql("update mail set claimed_until = now() + interval '1 second'")
                    .update();
            letters.renewClaims();
            assertThat(claimedForSeconds()).isGreaterThan(5.0);
        });
        letters.send(LETTER);

        letters.renewClaims();
        assertThat(jdbc.sql("select claimed_until is null from mail")
                        .query(Boolean.class)
                        .single())
                .as("a letter that is sent is claimed by nobody")
                .isTrue();
    }

    @Test
    void aClaimThatAnotherHasTakenOverIsNotRenewed() {
        postman.onTheWay(() -> {
            jdbc.sql("update mail set attempts = attempts + 1, claimed_until = now() + interval '1 second'")
                    .update();
            letters.renewClaims();
            assertThat(claimedForSeconds()).isLessThan(5.0);
        });
        letters.send(LETTER);
    }

    @Test
    void aConfirmationIsNotSentOnceACancellationIsOnItsWay() {
        postman.onTheWay(() -> {
            postman.reset();
            letters.send(CONFIRMATION);
        });
        letters.send(LETTER);
        letters.send(CONFIRMATION);

        assertThat(postman.delivered()).containsExactly(LETTER);
    }

    @Test
    void aCancellationWaitsWhileAConfirmationIsBeingSent() {
        postman.onTheWay(() -> {
            postman.reset();
            assertThatExceptionOfType(LetterClaimedException.class).isThrownBy(() -> letters.send(LETTER));
        });
        letters.send(CONFIRMATION);
        letters.send(LETTER);

        assertThat(postman.delivered()).containsExactly(CONFIRMATION, LETTER);
    }

    @Test
    void aConfirmationThatCouldNotBeSentHoldsUpNoCancellationAndIsOvertakenByIt() {
        postman.onTheWay(() -> {
            throw new IllegalStateException("away");
        });
        assertThatIllegalStateException().isThrownBy(() -> letters.send(CONFIRMATION));

        postman.reset();
        letters.send(LETTER);
        letters.send(CONFIRMATION);

        assertThat(postman.delivered()).containsExactly(LETTER);
    }

    @Test
    void ofAConfirmationAndACancellationAtOnceTheConfirmationNeverGoesOutLast() {
        for (int i = 0; i < 20; i++) {
            jdbc.sql("truncate mail").update();
            postman.reset();
            CompletableFuture<Void> confirmation = CompletableFuture.runAsync(() -> letters.send(CONFIRMATION));
            await().ignoreExceptionsInstanceOf(LetterClaimedException.class).until(() -> {
                letters.send(LETTER);
                return true;
            });
            confirmation.join();

            assertThat(postman.delivered()).last().isEqualTo(LETTER);
        }
    }

    private double claimedForSeconds() {
        return jdbc.sql("select extract(epoch from claimed_until - now()) from mail")
                .query(Double.class)
                .single();
    }

    @Test
    void anAddressIsForgottenWhenItsTimeIsOverAndTheMailsStay() {
        letters.send(LETTER);
        contacts.remember(new OrderId("order-2"), new EmailAddress("bob@example.com"));
        jdbc.sql("update contact set remembered_at = now() - interval '91 days' where order_id = 'order-1'")
                .update();

        forget.forgetOldOnes();

        assertThat(mail().to()).isNull();
        assertThat(mail().status()).isEqualTo(Mail.Status.SENT);
        letters.send(Letters.cancellation(new OrderId("order-2"), null));
        assertThat(postman.delivered()).hasSize(2);
    }

    private Mail mail() {
        return view.list("order-1", 10, 0).get(0);
    }
}
