package opd.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import opd.domain.ClockSource;
import opd.domain.DoctorCode;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenPriority;
import opd.story.Sentence;
import opd.testing.ClassFacility;
import opd.testing.Clinic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ExplanationTest {
  @AutoClose
  private static final ClassFacility facility = new ClassFacility(ClockSource.SIMULATION);

  private Clinic clinic;
  private DoctorCode doctor;
  private Slot slot;

  @BeforeEach
  void open() throws Exception {
    clinic = Clinic.at(facility.anew(), "08:00");
    doctor = clinic.aDoctor();
    slot = clinic.aSlot(doctor, "09:00", 2);
  }

  @AfterEach
  void close() throws Exception {
    clinic.close();
  }

  @Test
  void ofAPlainAdmission() {
    Token token = clinic.aToken(slot, TokenPriority.FOLLOW_UP);
    assertThat(story(token))
        .isEqualTo(
            """
            On 7 Jan 2030 at 08:00:00 UTC, test opened DR1-20300107-0900, from 7 Jan 2030 09:00 UTC to 7 Jan 2030 10:00 UTC, with 2 places.
            On 7 Jan 2030 at 08:00:00 UTC, test asked for a place as follow-up (walk-in).
            Places taken: 0 of 2.
            A place was free, so it was given, with token number 1 (rule 1).
            It holds its place.
            """);
  }

  @Test
  void ofADisplacementByAPaidClaim() {
    clinic.aToken(slot, TokenPriority.PAID);
    Token token = clinic.aToken(slot, TokenPriority.FOLLOW_UP);
    clinic.aToken(slot, TokenPriority.PAID);
    assertThat(story(token))
        .isEqualTo(
            """
            On 7 Jan 2030 at 08:00:00 UTC, test opened DR1-20300107-0900, from 7 Jan 2030 09:00 UTC to 7 Jan 2030 10:00 UTC, with 2 places.
            On 7 Jan 2030 at 08:00:00 UTC, test asked for a place as follow-up (walk-in).
            Places taken: 1 of 2.
            A place was free, so it was given, with token number 2 (rule 1).
            On 7 Jan 2030 at 08:00:00 UTC, test asked for a place for DR1-20300107-0900-03 as paid.
            Places taken: 2 of 2; the first to lose one: number 2 (follow-up), then number 1 (paid).
            A paid claim ranks above follow-up (rule 2). Of the lowest priority there, follow-up, this token had come last, so it lost its place.
            It is not deleted, but kept as DISPLACED with its number (rule 4).
            It waits, and its slot is full: 'opd reallocate DR1-20300107-0900-02' looks for a place in a later slot of the day.
            """);
  }

  @Test
  void ofADisplacementByAnEmergencyAndAPlaceThatBecameFreeSince() {
    Token first = clinic.aToken(slot, TokenPriority.FOLLOW_UP);
    Token token = clinic.aToken(slot, TokenPriority.FOLLOW_UP);
    clinic.aToken(slot, TokenPriority.EMERGENCY);
    clinic.cancel(first);
    assertThat(story(token))
        .isEqualTo(
            """
            On 7 Jan 2030 at 08:00:00 UTC, test opened DR1-20300107-0900, from 7 Jan 2030 09:00 UTC to 7 Jan 2030 10:00 UTC, with 2 places.
            On 7 Jan 2030 at 08:00:00 UTC, test asked for a place as follow-up (walk-in).
            Places taken: 1 of 2.
            A place was free, so it was given, with token number 2 (rule 1).
            On 7 Jan 2030 at 08:00:00 UTC, test asked for a place for DR1-20300107-0900-03 as emergency.
            Places taken: 2 of 2; the first to lose one: number 2 (follow-up), then number 1 (follow-up).
            An emergency always gets a place (rule 3). Of the lowest priority there, follow-up, this token had come last, so it lost its place.
            It is not deleted, but kept as DISPLACED with its number (rule 4).
            On 7 Jan 2030 at 08:00:00 UTC a place became free, as DR1-20300107-0900-01 was cancelled. Nobody moves up without being asked for: from then on 'opd reallocate DR1-20300107-0900-02' could have given it back.
            It waits, and a place is free: 'opd reallocate DR1-20300107-0900-02' gives it back.
            """);
  }

  @Test
  void ofAnEmergencyDisplacedByAnEmergency() {
    clinic.aToken(slot, TokenPriority.EMERGENCY);
    Token token = clinic.aToken(slot, TokenPriority.EMERGENCY);
    Token last = clinic.aToken(slot, TokenPriority.EMERGENCY);
    assertThat(story(token))
        .isEqualTo(
            """
            On 7 Jan 2030 at 08:00:00 UTC, test opened DR1-20300107-0900, from 7 Jan 2030 09:00 UTC to 7 Jan 2030 10:00 UTC, with 2 places.
            On 7 Jan 2030 at 08:00:00 UTC, test asked for a place as emergency (walk-in).
            Places taken: 1 of 2.
            A place was free, so it was given, with token number 2 (rule 1).
            On 7 Jan 2030 at 08:00:00 UTC, test asked for a place for DR1-20300107-0900-03 as emergency.
            Places taken: 2 of 2; the first to lose one: number 2 (emergency), then number 1 (emergency).
            An emergency always gets a place, even where all others are emergencies too (rule 3). Of the lowest priority there, emergency, this token had come last, so it lost its place.
            It is not deleted, but kept as DISPLACED with its number (rule 4).
            It waits, and its slot is full: 'opd reallocate DR1-20300107-0900-02' looks for a place in a later slot of the day.
            """);
    assertThat(story(last))
        .isEqualTo(
            """
            On 7 Jan 2030 at 08:00:00 UTC, test opened DR1-20300107-0900, from 7 Jan 2030 09:00 UTC to 7 Jan 2030 10:00 UTC, with 2 places.
            On 7 Jan 2030 at 08:00:00 UTC, test asked for a place as emergency (walk-in).
            Places taken: 2 of 2; the first to lose one: number 2 (emergency), then number 1 (emergency).
            An emergency always gets a place, even where all others are emergencies too (rule 3), so DR1-20300107-0900-02 lost its place to this one, token number 3.
            It holds its place.
            """);
  }

  @Test
  void ofARefusalThatLedToALaterSlot() {
    Slot later = clinic.aSlot(doctor, "10:00", 1);
    clinic.fill(slot, TokenPriority.PAID);
    var wish = Clinic.orNext(Clinic.wish(slot, clinic.aPatient(), TokenPriority.PAID));
    Token token = clinic.admit(wish).token().token();
    assertThat(token.label().slot()).isEqualTo(later.label());
    assertThat(story(token))
        .isEqualTo(
            """
            On 7 Jan 2030 at 08:00:00 UTC, test opened DR1-20300107-1000, from 7 Jan 2030 10:00 UTC to 7 Jan 2030 11:00 UTC, with 1 place.
            On 7 Jan 2030 at 08:00:00 UTC, test asked for a place in DR1-20300107-0900 as paid.
            Places taken: 2 of 2; the first to lose one: number 2 (paid), then number 1 (paid).
            It was refused: none of them ranks below paid, and a slot cannot exceed its capacity (rule 1).
            DR1-20300107-1000 was recommended instead, with 1 of 1 place free.
            On 7 Jan 2030 at 08:00:00 UTC, test asked for a place as paid (walk-in).
            Places taken: 0 of 1.
            A place was free, so it was given, with token number 1 (rule 1).
            It holds its place.
            """);
  }

  @Test
  void ofAReinstatementAndARefusedChange() {
    Token token = clinic.aDisplacedToken(slot, TokenPriority.PAID);
    clinic.reallocate(token);
    clinic.reallocate(token);
    clinic.cancel(token);
    assertThat(story(token))
        .isEqualTo(
            """
            On 7 Jan 2030 at 08:00:00 UTC, test opened DR1-20300107-0900, from 7 Jan 2030 09:00 UTC to 7 Jan 2030 10:00 UTC, with 2 places.
            On 7 Jan 2030 at 08:00:00 UTC, test asked for a place as paid (walk-in).
            Places taken: 0 of 2.
            A place was free, so it was given, with token number 1 (rule 1).
            On 7 Jan 2030 at 08:00:00 UTC, test asked for a place for DR1-20300107-0900-03 as emergency.
            Places taken: 2 of 2; the first to lose one: number 1 (paid), then number 2 (emergency).
            An emergency always gets a place (rule 3). Of the lowest priority there, paid, this token had come last, so it lost its place.
            It is not deleted, but kept as DISPLACED with its number (rule 4).
            On 7 Jan 2030 at 08:00:00 UTC a place became free, as DR1-20300107-0900-03 was cancelled. Nobody moves up without being asked for: from then on 'opd reallocate DR1-20300107-0900-01' could have given it back.
            On 7 Jan 2030 at 08:00:00 UTC, test asked to give it its place back.
            Places taken: 1 of 2.
            It was reinstated with its old number, 1 (rule 5), as a place was free.
            On 7 Jan 2030 at 08:00:00 UTC, test asked to reallocate it, which was refused: it is ACTIVE, and only a DISPLACED token is reallocated.
            On 7 Jan 2030 at 08:00:00 UTC, test cancelled it.
            It is CANCELLED. If that was a mistake: 'opd undo DR1-20300107-0900-01 --reason …'.
            """);
  }

  @Test
  void ofAReallocationToAnotherSlot() {
    Slot later = clinic.aSlot(doctor, "10:00", 1);
    Token token = clinic.aToken(slot, TokenPriority.FOLLOW_UP);
    clinic.aToken(slot, TokenPriority.PAID);
    clinic.aToken(slot, TokenPriority.PAID);
    clinic.reallocate(token, later);
    assertThat(story(token))
        .isEqualTo(
            """
            On 7 Jan 2030 at 08:00:00 UTC, test opened DR1-20300107-0900, from 7 Jan 2030 09:00 UTC to 7 Jan 2030 10:00 UTC, with 2 places.
            On 7 Jan 2030 at 08:00:00 UTC, test asked for a place as follow-up (walk-in).
            Places taken: 0 of 2.
            A place was free, so it was given, with token number 1 (rule 1).
            On 7 Jan 2030 at 08:00:00 UTC, test asked for a place for DR1-20300107-0900-03 as paid.
            Places taken: 2 of 2; the first to lose one: number 1 (follow-up), then number 2 (paid).
            A paid claim ranks above follow-up (rule 2). Of the lowest priority there, follow-up, this token had come last, so it lost its place.
            It is not deleted, but kept as DISPLACED with its number (rule 4).
            On 7 Jan 2030 at 08:00:00 UTC, test gave the patient another place: DR1-20300107-1000-01 stands for it from then on.
            What can still be done, is done with DR1-20300107-1000-01.
            """);
    var successor = clinic.desk().queues().show(Clinic.reference(later), false).tokens();
    assertThat(story(successor.getFirst().token()))
        .isEqualTo(
            """
            On 7 Jan 2030 at 08:00:00 UTC, test opened DR1-20300107-1000, from 7 Jan 2030 10:00 UTC to 7 Jan 2030 11:00 UTC, with 1 place.
            On 7 Jan 2030 at 08:00:00 UTC, test asked for a place for DR1-20300107-0900-01, which had lost its own.
            Places taken: 0 of 1.
            A place was free, so it was given, with token number 1 (rule 1).
            It holds its place.
            """);
  }

  @Test
  void ofACancelledSlot() {
    Token token = clinic.aToken(slot, TokenPriority.FOLLOW_UP);
    clinic
        .desk()
        .slotChanges()
        .cancel(clinic.request(), Clinic.reference(slot), "the doctor is ill");
    assertThat(story(token))
        .isEqualTo(
            """
            On 7 Jan 2030 at 08:00:00 UTC, test opened DR1-20300107-0900, from 7 Jan 2030 09:00 UTC to 7 Jan 2030 10:00 UTC, with 2 places.
            On 7 Jan 2030 at 08:00:00 UTC, test asked for a place as follow-up (walk-in).
            Places taken: 0 of 2.
            A place was free, so it was given, with token number 1 (rule 1).
            On 7 Jan 2030 at 08:00:00 UTC, test cancelled the whole slot: the doctor is ill.
            The token lost its place through no fault of the patient, is kept as DISPLACED (rule 4) and is owed a place elsewhere.
            It waits for a place: 'opd reallocate DR1-20300107-0900-01' looks for one in a later slot of the day.
            """);
  }

  @Test
  void eachSentenceComesWithTheEntriesThatShowIt() {
    Token token = clinic.aToken(slot, TokenPriority.FOLLOW_UP);
    List<Sentence> sentences = sentences(token);
    assertThat(sentences.get(1).entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.token()).isEqualTo(token.label()));
  }

  private List<Sentence> sentences(Token token) {
    return clinic.desk().audit().explain(Clinic.reference(token), ZoneOffset.UTC).sentences();
  }

  private String story(Token token) {
    return sentences(token).stream()
        .map(sentence -> sentence.text() + "\n")
        .collect(Collectors.joining());
  }
}
