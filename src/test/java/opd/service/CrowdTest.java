package opd.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.domain.Actor;
import opd.domain.PatientReference;
import opd.domain.PersonName;
import opd.domain.PhoneNumber;
import opd.domain.Refusal;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.testing.Clinic;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// Many desks at the same moment.
@Order(26)
final class CrowdTest {
  private static final int DESKS = ManyDesks.DESKS;
  private static final int REQUESTS = 6;

  @Test
  void sixteenDesksFillOneSlotWithoutOverbookingAndWithoutAGap() throws Exception {
    try (Clinic clinic = Clinic.open()) {
      Slot slot = clinic.aSlot(10);
      List<Response<Outcome.Allocation>> answers = new ArrayList<>();
      ManyDesks.atOnce(
              clinic,
              (desk, number) -> {
                List<Response<Outcome.Allocation>> own = new ArrayList<>();
                for (int i = 0; i < REQUESTS; i++) {
                  int patient = number * REQUESTS + i;
                  TokenPriority priority =
                      TokenPriority.values()[patient % TokenPriority.values().length];
                  own.add(
                      desk.allocations()
                          .allocate(clinic.request(), Clinic.wish(slot, patient, priority)));
                }
                return own;
              })
          .forEach(answers::addAll);

      List<Token> admitted = admitted(answers);
      assertThat(answers).hasSize(DESKS * REQUESTS).noneMatch(Response::replayed);
      assertThat(admitted.stream().map(Token::sequence))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.rangeClosed(1, admitted.size()).boxed().toList());
      assertThat(clinic.queue(slot).split(" ")).hasSize(10);
      // A third are emergencies, more than there are places: only emergencies are left.
      assertThat(clinic.queue(slot)).doesNotContain("P", "F");
      assertHonest(clinic, slot, answers, admitted.size());
    }
  }

  private static void assertHonest(
      Clinic clinic, Slot slot, List<Response<Outcome.Allocation>> answers, int admitted)
      throws SQLException {
    assertThat(clinic.prompt().number("select count(*) from token where slot_id = " + slot.id()))
        .isEqualTo(admitted);
    assertThat(clinic.now(slot).counts().total()).isEqualTo(admitted);
    List<String> told =
        clinic
            .prompt()
            .column("select kind from audit_entry where slot_id = %d".formatted(slot.id()));
    assertThat(told).filteredOn("TOKEN_ALLOCATED"::equals).hasSize(admitted);
    assertThat(told).filteredOn("ALLOCATION_REJECTED"::equals).hasSize(answers.size() - admitted);
    assertThat(told).filteredOn("TOKEN_DISPLACED"::equals).hasSize(admitted - slot.capacity());
    for (Response<Outcome.Allocation> answer : answers) {
      assertThat(
              clinic
                  .prompt()
                  .text(
                      "select outcome ->> 'outcome' from request where id = '%s'"
                          .formatted(answer.requestId())))
          .isEqualTo(answer.outcome().isRefused() ? "REJECTED" : "ADMITTED");
    }
  }

  @Test
  void theSameRequestFromSixteenDesksHappensOnce() throws Exception {
    try (Clinic clinic = Clinic.open()) {
      Slot slot = clinic.aSlot(10);
      Request request = clinic.request();
      var answers =
          ManyDesks.atOnce(
              clinic,
              (desk, number) ->
                  desk.allocations().allocate(request, Clinic.wish(slot, 1, TokenPriority.PAID)));

      assertThat(answers.stream().map(Response::outcome).distinct()).hasSize(1);
      assertThat(answers).filteredOn(answer -> !answer.replayed()).hasSize(1);
      assertThat(clinic.tokens(slot)).isEqualTo("1P ACTIVE");
      assertThat(clinic.prompt().number("select count(*) from patient")).isEqualTo(1);
    }
  }

  @Test
  void sixteenDesksRegisterOneFamilyAndEachMemberOnce() throws Exception {
    try (Clinic clinic = Clinic.open()) {
      Slot slot = clinic.aSlot(DESKS);
      PhoneNumber phone = Clinic.key(1).phone();
      ManyDesks.atOnce(
          clinic,
          (desk, number) -> {
            // Two desks for each member: one of them finds who is registered by the other.
            PersonName name = new PersonName("Member " + "ABCDEFGHIJKLMNOP".charAt(number / 2));
            var wish =
                new AllocationRequest(
                    new AllocationRequest.Place.InSlot(Clinic.reference(slot)),
                    new PatientReference.NextMember(phone),
                    Optional.of(name),
                    TokenPriority.PAID,
                    TokenSource.APP,
                    false,
                    false);
            return number % 2 == 0
                ? desk.batches()
                    .decide(new Actor("test"), List.of(new BatchLine(clinic.request().id(), wish)))
                    .size()
                : desk.allocations().allocate(clinic.request(), wish).outcome().hashCode();
          });

      assertThat(clinic.prompt().number("select count(*) from patient")).isEqualTo(DESKS / 2);
      assertThat(clinic.tokens(slot).split(", ")).hasSize(DESKS / 2);
      assertThat(clinic.prompt().number("select max(member) from patient")).isEqualTo(DESKS / 2);
      assertThat(clinic.prompt().number("select count(distinct name) from patient"))
          .isEqualTo(DESKS / 2);
    }
  }

  @Test
  void displacedTokensCrossingBetweenTwoSlotsDoNotDeadlock() throws Exception {
    try (Clinic clinic = Clinic.open()) {
      var doctor = clinic.aDoctor();
      Slot early = clinic.aSlot(doctor, "09:00", DESKS);
      Slot late = clinic.aSlot(doctor, "10:00", DESKS);
      List<Token> displaced = new ArrayList<>();
      for (Slot slot : List.of(early, late)) {
        for (int i = 0; i < DESKS / 2; i++) {
          displaced.add(clinic.aToken(slot, TokenPriority.FOLLOW_UP));
        }
        List<Token> emergencies = new ArrayList<>();
        for (int i = 0; i < DESKS; i++) {
          emergencies.add(clinic.aToken(slot, TokenPriority.EMERGENCY));
        }
        emergencies.forEach(clinic::cancel);
      }

      var outcomes =
          ManyDesks.atOnce(
              clinic,
              (desk, number) -> {
                Token token = displaced.get(number);
                Slot other = token.label().slot().equals(early.label()) ? late : early;
                return desk.reallocations()
                    .reallocate(
                        clinic.request(),
                        Clinic.reference(token),
                        Optional.of(Clinic.reference(other)))
                    .outcome();
              });
      assertThat(outcomes).noneMatch(Outcome::isRefused);
      assertThat(clinic.now(early).counts().active()).isEqualTo(DESKS / 2);
      assertThat(clinic.now(late).counts().active()).isEqualTo(DESKS / 2);
    }
  }

  @Test
  void aDisplacedTokenThatSixteenDesksReallocateGetsOnePlace() throws Exception {
    try (Clinic clinic = Clinic.open()) {
      Token displaced = clinic.aDisplacedToken(clinic.aSlot(1), TokenPriority.PAID);
      List<Slot> targets = IntStream.range(0, DESKS).mapToObj(_ -> clinic.aSlot(1)).toList();
      var outcomes =
          ManyDesks.atOnce(
              clinic,
              (desk, number) ->
                  desk.reallocations()
                      .reallocate(
                          clinic.request(),
                          Clinic.reference(displaced),
                          Optional.of(Clinic.reference(targets.get(number))))
                      .outcome());

      assertThat(outcomes).filteredOn(outcome -> !outcome.isRefused()).hasSize(1);
      assertThat(outcomes)
          .filteredOn(Outcome::isRefused)
          .allSatisfy(outcome ->
              assertThat(((Outcome.Rejected) outcome).refusal())
                  .isEqualTo(Refusal.ALREADY_REALLOCATED));
      assertThat(clinic.prompt().number("select count(*) from token where status = 'ACTIVE'"))
          .isEqualTo(1);
    }
  }

  @Test
  void aPatientWhoCallsSixteenDesksAtOnceIsRegisteredOnce() throws Exception {
    try (Clinic clinic = Clinic.open()) {
      List<Slot> slots = IntStream.range(0, DESKS).mapToObj(_ -> clinic.aSlot(1)).toList();
      var outcomes =
          ManyDesks.atOnce(
              clinic,
              (desk, number) ->
                  desk.allocations()
                      .allocate(
                          clinic.request(), Clinic.wish(slots.get(number), 1, TokenPriority.PAID))
                      .outcome());

      assertThat(outcomes).noneMatch(Outcome::isRefused);
      assertThat(clinic.prompt().number("select count(*) from patient")).isEqualTo(1);
      assertThat(
              clinic
                  .prompt()
                  .number("select count(*) from audit_entry where kind = 'PATIENT_REGISTERED'"))
          .isEqualTo(1);
    }
  }

  private static List<Token> admitted(List<Response<Outcome.Allocation>> answers) {
    return answers.stream()
        .map(Response::outcome)
        .filter(Outcome.Admitted.class::isInstance)
        .map(outcome -> ((Outcome.Admitted) outcome).token().token())
        .toList();
  }
}
