package opd.service;

import static opd.domain.TokenPriority.EMERGENCY;
import static opd.domain.TokenPriority.FOLLOW_UP;
import static opd.domain.TokenPriority.PAID;
import static opd.testing.Clinic.because;
import static opd.testing.Clinic.replacing;
import static opd.testing.Clinic.wish;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import opd.decision.Outcome;
import opd.decision.TokenView;
import opd.decision.Warning;
import opd.domain.Actor;
import opd.domain.ClockSource;
import opd.domain.DoctorCode;
import opd.domain.RequestId;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenStatus;
import opd.testing.ClassFacility;
import opd.testing.Clinic;
import opd.verify.Difference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a desk is told beside an admission: who else waits for the place, and where the patient
/// sits already.
final class WarningsTest {
  @AutoClose
  private static final ClassFacility facility = new ClassFacility(ClockSource.SIMULATION);

  private static final Actor ACTOR = new Actor("test");

  private Clinic clinic;
  private DoctorCode doctor;
  private Slot nine;
  private Slot ten;

  @BeforeEach
  void open() throws Exception {
    clinic = Clinic.at(facility.anew(), "08:00");
    doctor = clinic.aDoctor();
    nine = clinic.aSlot(doctor, "09:00", 2);
    ten = clinic.aSlot(doctor, "10:00", 3);
  }

  @AfterEach
  void close() throws Exception {
    assertThat(differences()).isEmpty();
    clinic.close();
  }

  @Test
  void aFreePlaceIsGivenAndWhoWaitsForItIsNamed() throws Exception {
    Token lost = clinic.aDisplacedToken(nine, FOLLOW_UP);
    Outcome.Admitted admitted = clinic.admit(wish(nine, clinic.aPatient(), FOLLOW_UP));

    assertThat(admitted.warnings()).containsExactly(Warning.OTHERS_WAIT);
    assertThat(tokens(admitted.othersWaiting())).containsExactly(lost);
    // Only the answer says it: nothing of the decision rests on it.
    assertThat(clinic.facts(nine).getFirst()).doesNotContain("othersWaiting", "holds", "reason");
  }

  @Test
  void whoTakesBackAMistypedEmergencyIsToldOfThePatientWhomItDisplaced() {
    clinic.aToken(nine, FOLLOW_UP);
    Token lost = clinic.aToken(nine, FOLLOW_UP);
    int patient = clinic.aPatient();
    clinic.admit(because("a slip of the finger", wish(nine, patient, EMERGENCY)));
    Outcome.Admitted mended = clinic.admit(replacing(wish(nine, patient, FOLLOW_UP)));

    assertThat(mended.warnings()).containsExactly(Warning.OTHERS_WAIT);
    assertThat(tokens(mended.othersWaiting()))
        .extracting(Token::label)
        .containsExactly(lost.label());
  }

  @Test
  void whoHasThePlaceAgainAfterAMistakeIsSaidToHaveItBeforeOthers() {
    Token mistaken = clinic.aToken(nine, PAID);
    Token lost = clinic.aDisplacedToken(nine, FOLLOW_UP);
    clinic.cancel(mistaken);
    Outcome.TokenDone undone = undo(clinic.request().id(), mistaken);

    assertThat(undone.warnings()).containsExactly(Warning.OTHERS_WAIT);
    assertThat(tokens(undone.othersWaiting())).containsExactly(lost);
  }

  @Test
  void whoGotAPlaceWithAnotherDoctorMeanwhileIsNoticedWhenTheMistakeIsTakenBack() throws Exception {
    int patient = clinic.aPatient();
    Slot other = clinic.aSlot(clinic.aDoctor(), "09:30", 2);
    Token mistaken = clinic.admit(wish(nine, patient, FOLLOW_UP)).token().token();
    clinic.cancel(mistaken);
    Token second = clinic.admit(wish(other, patient, FOLLOW_UP)).token().token();
    RequestId request = new RequestId("a click too many");
    Outcome.TokenDone undone = undo(request, mistaken);

    assertThat(undone.warnings()).containsExactly(Warning.HOLDS_ANOTHER);
    assertThat(undone.holds()).isEqualTo(second.label());
    assertThat(undo(request, mistaken)).isEqualTo(undone);
    assertThat(clinic.facts(nine).getFirst()).endsWith("\"holds\":\"" + second.label() + "\"}");
    assertThat(
            clinic.desk().audit().explain(Clinic.reference(mistaken), ZoneOffset.UTC).sentences())
        .extracting(sentence -> sentence.text())
        .contains(
            "The patient held %s at the same time, and the desk was told."
                .formatted(second.label()));
  }

  @Test
  void whoOnlyWaitsAgainAfterAMistakeHoldsNothingTwice() {
    int patient = clinic.aPatient();
    Slot other = clinic.aSlot(clinic.aDoctor(), "09:30", 2);
    Slot only = clinic.aSlot(clinic.aDoctor(), "09:00", 1);
    Token lost = clinic.admit(wish(only, patient, FOLLOW_UP)).token().token();
    clinic.aToken(only, PAID);
    clinic.cancel(lost);
    clinic.admit(wish(other, patient, FOLLOW_UP));
    Outcome.TokenDone undone = undo(clinic.request().id(), lost);

    assertThat(undone.token().token().status()).isEqualTo(TokenStatus.DISPLACED);
    assertThat(undone.warnings()).isEmpty();
    assertThat(undone.holds()).isNull();
  }

  private Outcome.TokenDone undo(RequestId request, Token token) {
    return (Outcome.TokenDone)
        clinic
            .desk()
            .tokens()
            .undo(new Request(ACTOR, request), Clinic.reference(token), "wrong patient")
            .outcome();
  }

  @Test
  void aReallocationNamesTheOthersWhoWaitThereAndKeepsTheReason() throws Exception {
    Token waiting = clinic.aDisplacedToken(ten, PAID);
    int patient = clinic.aPatient();
    Token emergency =
        clinic.admit(because("chest pain", wish(nine, patient, EMERGENCY))).token().token();
    clinic.desk().slotChanges().cancel(clinic.request(), Clinic.reference(nine), "ill");
    Outcome.Admitted moved = (Outcome.Admitted) clinic.reallocate(emergency, ten);

    assertThat(moved.warnings()).containsExactly(Warning.OTHERS_WAIT);
    assertThat(tokens(moved.othersWaiting())).containsExactly(waiting);
    assertThat(clinic.facts(ten).getFirst()).contains("\"reason\":\"chest pain\"");
    assertThat(
            clinic
                .desk()
                .audit()
                .explain(Clinic.reference(moved.token().token()), ZoneOffset.UTC)
                .sentences())
        .extracting(sentence -> sentence.text())
        .contains("The reason given: chest pain.");
    assertThat(clinic.desk().queues().show(Clinic.reference(nine), true).tokens())
        .filteredOn(view -> view.token().id() == emergency.id())
        .extracting(view -> view.token().reallocatedTo())
        .containsExactly(moved.token().token().label());
    assertThat(((Outcome.Rejected) clinic.reallocate(emergency)).from().token().reallocatedTo())
        .isEqualTo(moved.token().token().label());
  }

  @Test
  void aReinstatedEmergencyKeepsItsReason() throws Exception {
    Slot only = clinic.aSlot(1);
    Token emergency =
        clinic
            .admit(because("chest pain", wish(only, clinic.aPatient(), EMERGENCY)))
            .token()
            .token();
    clinic.cancel(clinic.aToken(only, EMERGENCY));
    clinic.reallocate(emergency);

    assertThat(clinic.log(only)).endsWith("TOKEN_REINSTATED 5");
    assertThat(clinic.facts(only).getFirst()).endsWith("\"reason\":\"chest pain\"}");
  }

  @Test
  void aPatientWithTwoDoctorsAtTheSameHourIsNoticed() throws Exception {
    int patient = clinic.aPatient();
    Slot other = clinic.aSlot(clinic.aDoctor(), "09:30", 2);
    Token first = clinic.admit(wish(nine, patient, FOLLOW_UP)).token().token();
    Outcome.Admitted second = clinic.admit(wish(other, patient, FOLLOW_UP));

    assertThat(second.warnings()).containsExactly(Warning.HOLDS_ANOTHER);
    assertThat(second.holds()).isEqualTo(first.label());
    assertThat(clinic.facts(other).getFirst()).endsWith("\"holds\":\"" + first.label() + "\"}");
    clinic.cancel(second.token().token());
    Slot touching = clinic.aSlot(clinic.aDoctor(), "08:00", 2);
    assertThat(clinic.admit(wish(touching, patient, FOLLOW_UP)).warnings()).isEmpty();

    clinic.cancel(first);
    assertThat(clinic.admit(wish(other, patient, FOLLOW_UP)).warnings()).isEmpty();
  }

  @Test
  void aListSeesItsOwnEarlierLines() {
    int patient = clinic.aPatient();
    int emergency = clinic.aPatient();
    Slot other = clinic.aSlot(clinic.aDoctor(), "09:30", 1);
    Slot third = clinic.aSlot(clinic.aDoctor(), "09:15", 3);
    List<Outcome.Admitted> lines =
        decide(
            wish(nine, patient, FOLLOW_UP),
            wish(other, patient, FOLLOW_UP),
            because("burns", wish(other, emergency, EMERGENCY)),
            wish(third, patient, PAID),
            wish(third, emergency, PAID));

    assertThat(lines)
        .extracting(line -> String.valueOf(line.holds()))
        .containsExactly(
            "null", nine.label() + "-01", "null", nine.label() + "-01", other.label() + "-02");
  }

  private List<Outcome.Admitted> decide(AllocationRequest... wishes) {
    List<BatchLine> lines =
        IntStream.range(0, wishes.length)
            .mapToObj(index -> new BatchLine(new RequestId("line-" + index), wishes[index]))
            .toList();
    return clinic.desk().batches().decide(ACTOR, lines).stream()
        .map(result -> ((BatchResult.Decided) result).answer().outcome())
        .map(Outcome.Admitted.class::cast)
        .toList();
  }

  private List<String> differences() {
    return clinic
        .desk()
        .verification()
        .verify(Optional.empty(), Optional.empty(), read -> {})
        .differences()
        .stream()
        .map(Difference::toString)
        .toList();
  }

  private static List<Token> tokens(List<TokenView> views) {
    return views.stream().map(view -> view.token().withStatus(TokenStatus.ACTIVE)).toList();
  }
}
