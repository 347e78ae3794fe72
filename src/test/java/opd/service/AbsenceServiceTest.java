package opd.service;

import static opd.domain.TokenPriority.EMERGENCY;
import static opd.domain.TokenPriority.FOLLOW_UP;
import static opd.domain.TokenPriority.PAID;
import static opd.testing.Clinic.because;
import static opd.testing.Clinic.time;
import static opd.testing.Clinic.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.TokenView;
import opd.domain.ClockSource;
import opd.domain.Days;
import opd.domain.Doctor;
import opd.domain.DoctorCode;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PersonName;
import opd.domain.Slot;
import opd.domain.SlotStatus;
import opd.domain.Token;
import opd.service.AbsenceService.Leave;
import opd.service.OwedService.Owed;
import opd.story.LossReason;
import opd.testing.ClassFacility;
import opd.testing.Clinic;
import opd.verify.Difference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A doctor who is late or away, and who is owed a place after it.
final class AbsenceServiceTest {
  @AutoClose
  private static final ClassFacility facility = new ClassFacility(ClockSource.SIMULATION);

  private Clinic clinic;
  private DoctorCode rao;
  private DoctorCode iyer;
  private Slot eight;
  private Slot nine;
  private Slot ten;
  private Slot eleven;

  /// It is half past nine; the first slot is over, the second goes on.
  @BeforeEach
  void open() throws Exception {
    clinic = Clinic.at(facility.anew(), "09:30");
    rao = clinic.aDoctor();
    iyer = clinic.aDoctor();
    eight = clinic.aSlot(rao, "08:00", 3);
    nine = clinic.aSlot(rao, "09:00", 3);
    ten = clinic.aSlot(rao, "10:00", 2);
    eleven = clinic.aSlot(iyer, "11:00", 2);
  }

  @AfterEach
  void close() throws Exception {
    assertThat(differences()).isEmpty();
    clinic.close();
  }

  @Test
  void aLateDoctorDelaysWhatIsNotOverAndTheMinutesReplaceThoseBefore() {
    clinic.aToken(nine, PAID);
    late(rao, 10);
    Outcome.DoctorLate late = late(rao, 25).outcome();

    assertThat(late.slots())
        .extracting(part -> part.slot().label() + " " + part.slot().delayMinutes())
        .containsExactly(nine.label() + " 25", ten.label() + " 25");
    assertThat(late.slots()).extracting(Outcome.SlotDelayed::minutesBefore).containsOnly(10);
    assertThat(late.slots().getFirst().tokens()).hasSize(1);
    assertThat(clinic.now(eight).status()).isEqualTo(SlotStatus.SCHEDULED);
    assertThat(clinic.now(eleven).delayMinutes()).isZero();

    late(rao, 0);
    assertThat(clinic.now(nine).status()).isEqualTo(SlotStatus.SCHEDULED);
    assertThat(lateFrom("08:30").slots()).hasSize(3);
    assertThat(lateFrom("10:00").slots())
        .extracting(part -> part.slot().label())
        .containsExactly(eight.label(), nine.label(), ten.label());
  }

  @Test
  void aSlotOfTheDayBeforeThatGoesOnCountsAsTodays() throws SQLException {
    DoctorCode night = clinic.aDoctor();
    var plan =
        new SessionPlan(
            night,
            time("22:00").minusSeconds(86_400),
            java.time.Duration.ofHours(12),
            3,
            Optional.empty());
    clinic.desk().slots().open(clinic.request(), plan);
    assertThat(late(night, 30).outcome().slots()).hasSize(1);
  }

  /// Somebody works in the cover's slot of the day before, which is still open.
  @Test
  void anAbsenceWaitsForNobodyWhoWorksInTheCoversSlotsOfOtherDays() throws SQLException {
    var yesterday =
        new SessionPlan(
            iyer,
            time("11:00").minusSeconds(86_400),
            java.time.Duration.ofHours(1),
            3,
            Optional.empty());
    Slot other =
        clinic.desk().slots().open(clinic.request(), yesterday).outcome().slots().getFirst();
    clinic.aToken(ten, PAID);
    clinic.prompt().begin("select from slot where id = %d for update".formatted(other.id()));
    Outcome.DoctorAway away =
        clinic
            .desk()
            .absences()
            .leave(
                clinic.request(),
                new Leave(
                    rao,
                    Optional.of(time("09:30")),
                    Optional.of(time("11:00")),
                    "ill",
                    Optional.of(iyer)))
            .outcome();
    clinic.prompt().rollback();

    assertThat(away.slots().getLast().moved())
        .extracting(view -> view.token().label().slot())
        .containsExactly(eleven.label());
  }

  @Test
  void patientsOfAnAbsentDoctorGetTheNextFreePlacesAndTheRestIsListed() throws Exception {
    int emergency = clinic.aPatient();
    clinic.aToken(nine, FOLLOW_UP);
    clinic.admit(because("chest pain", wish(nine, emergency, EMERGENCY)));
    clinic.aToken(nine, PAID);
    clinic.aToken(ten, FOLLOW_UP);
    clinic.aToken(eleven, PAID);
    Outcome.DoctorAway away = leave(Optional.of(iyer)).outcome();

    assertThat(away.slots())
        .extracting(part -> part.slot().label())
        .containsExactly(nine.label(), ten.label());
    // The first claim of the first slot takes the only place; nobody goes to the ten o'clock slot.
    assertThat(labels(away.slots().getFirst().moved())).containsExactly(eleven.label() + "-02");
    assertThat(labels(away.slots().getFirst().unplaced()))
        .containsExactly(nine.label() + "-03", nine.label() + "-01");
    assertThat(labels(away.slots().getLast().unplaced())).containsExactly(ten.label() + "-01");
    assertThat(clinic.queue(eleven)).isEqualTo("2E 1P");
    assertThat(clinic.facts(eleven).getFirst()).contains("\"reason\":\"chest pain\"");
    assertThat(clinic.facts(nine))
        .anyMatch(facts -> facts.endsWith("\"moving\":true,\"cover\":\"" + iyer + "\"}"));
    assertThat(
            clinic
                .desk()
                .audit()
                .explain(
                    Clinic.reference(away.slots().getFirst().tokens().getFirst().token()),
                    ZoneOffset.UTC)
                .sentences())
        .extracting(sentence -> sentence.text())
        .anyMatch(text -> text.endsWith("cancelled the whole slot: ill (" + iyer + " stands in)."));

    List<Owed> owed = owed();
    assertThat(owed)
        .extracting(each -> each.token().token().label().toString())
        .containsExactly(nine.label() + "-03", nine.label() + "-01", ten.label() + "-01");
    assertThat(owed)
        .extracting(AbsenceServiceTest::reason)
        .containsOnly("the slot was cancelled: ill");
    assertThat(owed).allMatch(each -> each.place().isEmpty());
    clinic.cancel(away.slots().getFirst().moved().getFirst().token());
  }

  @Test
  void whoIsOwedAPlaceKeepsTheReasonAndTheTimeThroughAWrongCancellation() {
    Token lost = clinic.aDisplacedToken(nine, FOLLOW_UP);
    Owed before = owed().getFirst();
    clinic.cancel(lost);
    clinic.desk().tokens().undo(clinic.request(), Clinic.reference(lost), "wrong patient");
    assertThat(owed()).containsExactly(before);
    assertThat(reason(before)).endsWith("took the place");

    clinic
        .desk()
        .slotCorrections()
        .change(
            clinic.request(),
            Clinic.reference(nine),
            new SlotCorrectionService.Terms(
                Optional.of(1), Optional.empty(), Optional.empty(), true));
    assertThat(owed()).extracting(AbsenceServiceTest::reason).contains("the slot has fewer places");
  }

  private static String reason(Owed owed) {
    var loss = owed.event().orElseThrow();
    return LossReason.of(loss.displacement(), loss.cancellation());
  }

  @Test
  void theOwnLaterSlotComesBeforeTheCoversAndNoneThatStartsEarlier() {
    Slot covered = clinic.aSlot(iyer, "09:00", 1);
    Slot half = clinic.aSlot(rao, "12:00", 1);
    clinic.aToken(nine, FOLLOW_UP);
    clinic.aToken(nine, FOLLOW_UP);
    clinic.aToken(ten, FOLLOW_UP);
    var leave =
        new Leave(rao, Optional.empty(), Optional.of(time("11:30")), "ill", Optional.of(iyer));
    Outcome.DoctorAway away = clinic.desk().absences().leave(clinic.request(), leave).outcome();

    assertThat(labels(away.slots().getFirst().moved()))
        .containsExactly(covered.label() + "-01", eleven.label() + "-01");
    assertThat(labels(away.slots().getLast().moved())).containsExactly(eleven.label() + "-02");
    assertThat(clinic.now(half).status()).isEqualTo(SlotStatus.SCHEDULED);
  }

  @Test
  void aDryRunChangesNothingAndARepeatedRequestIsDecidedOnce() throws Exception {
    clinic.aToken(nine, FOLLOW_UP);
    List<String> before = clinic.everything();
    Leave leave = new Leave(rao, Optional.empty(), Optional.empty(), "ill", Optional.of(iyer));
    Outcome.DoctorAway plan =
        clinic.desk().absences().dryRunLeave(clinic.request(), leave).outcome();
    assertThat(plan.slots()).hasSize(2);
    assertThat(clinic.everything()).isEqualTo(before);

    Request request = clinic.request();
    Response<Outcome.DoctorAway> first = clinic.desk().absences().leave(request, leave);
    List<String> after = clinic.everything();
    Response<Outcome.DoctorAway> again = clinic.desk().absences().leave(request, leave);
    assertThat(again.replayed()).isTrue();
    assertThat(again.outcome()).isEqualTo(first.outcome());
    assertThat(clinic.everything()).isEqualTo(after);
    assertThatThrownBy(() ->
            clinic
                .desk()
                .absences()
                .leave(
                    request,
                    new Leave(rao, Optional.empty(), Optional.empty(), "ill", Optional.empty())))
        .isInstanceOfSatisfying(
            OpdException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REQUEST_ID_REUSED));
  }

  @Test
  void whatCannotBeAnAbsenceIsRefusedAsInput() {
    assertThat(code(new Leave(rao, at("10:00"), at("10:00"), "ill", Optional.empty())))
        .isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(
            code(
                new Leave(
                    rao,
                    at("10:00"),
                    Optional.of(time("10:01").plusSeconds(31L * 86_400)),
                    "ill",
                    Optional.empty())))
        .isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(code(new Leave(rao, at("20:00"), Optional.empty(), "ill", Optional.empty())))
        .isEqualTo(ErrorCode.SLOT_NOT_FOUND);
    DoctorCode nobody = new DoctorCode("NOBODY");
    assertThat(code(new Leave(rao, at("10:00"), Optional.empty(), "ill", Optional.of(nobody))))
        .isEqualTo(ErrorCode.DOCTOR_NOT_FOUND);
    assertThat(code(new Leave(nobody, at("10:00"), Optional.empty(), "ill", Optional.empty())))
        .isEqualTo(ErrorCode.DOCTOR_NOT_FOUND);
    assertThatThrownBy(() -> new Leave(rao, at("10:00"), Optional.empty(), "ill", Optional.of(rao)))
        .isInstanceOf(OpdException.class);
  }

  @Test
  void whoIsOwedAPlaceIsListedWithTheFirstOneThatIsFree() {
    clinic.aToken(nine, FOLLOW_UP);
    clinic.aToken(nine, FOLLOW_UP);
    clinic.aToken(nine, FOLLOW_UP);
    clinic.aToken(nine, PAID);
    assertThat(owed())
        .hasSize(1)
        .first()
        .satisfies(owed -> {
          assertThat(owed.token().token().label()).hasToString(nine.label() + "-03");
          assertThat(owed.since()).isEqualTo(time("09:30"));
          assertThat(owed.place().map(Slot::label)).contains(ten.label());
          assertThat(
                  owed.event().map(loss -> LossReason.of(loss.displacement(), loss.cancellation())))
              .contains(nine.label() + "-04 took the place");
        });
    clinic.reallocate(owed().getFirst().token().token());
    assertThat(owed()).isEmpty();
  }

  @Test
  void aMistypedNameIsMendedAndTheLogHoldsItsDigest() throws Exception {
    var doctors = clinic.desk().doctors();
    doctors.change(
        clinic.request(), rao, Optional.of(new PersonName("Dr. Iyer")), Optional.of("Surgery"));
    assertThat(doctors.show(rao))
        .isEqualTo(new Doctor(rao, new PersonName("Dr. Iyer"), "Surgery", true));
    doctors.setActive(clinic.request(), rao, false);
    Response<Outcome.DoctorSaved> changed =
        doctors.change(clinic.request(), rao, Optional.empty(), Optional.of(""));
    assertThat(changed.outcome().active()).isFalse();
    assertThat(doctors.show(rao))
        .isEqualTo(new Doctor(rao, new PersonName("Dr. Iyer"), null, false));
    assertThat(
            clinic
                .prompt()
                .column(
                    "select facts->>'details' is not null from audit_entry where doctor_code = '%s' order by number"
                        .formatted(rao)))
        .containsExactly("t", "t", "f", "t");
  }

  @Test
  void aDeactivatedDoctorsOpenSlotsAreListedWithTheirPatients() {
    clinic.aToken(nine, PAID);
    Response<Outcome.DoctorSaved> answer =
        clinic.desk().doctors().setActive(clinic.request(), rao, false);
    assertThat(answer.people().open())
        .extracting(book -> book.slot().label())
        .containsExactly(nine.label(), ten.label());
    assertThat(answer.people().open().getFirst().active()).hasSize(1);
    assertThat(answer.people().patients()).hasSize(1);
  }

  @Test
  void whateverIsChangedInTheStoredOutcomesIsFound() throws Exception {
    clinic.aToken(nine, FOLLOW_UP);
    clinic.aToken(nine, PAID);
    clinic.aToken(nine, PAID);
    clinic.aToken(ten, FOLLOW_UP);
    late(rao, 5);
    leave(Optional.of(iyer));
    for (String change :
        List.of(
            "slots/0/status COMPLETED",
            "slots/0/delayMinutesBefore 7",
            "slots/0/at x",
            "tokens/0/createdAt x",
            "tokens/0/expectedBefore 2030-01-07T09:07:00Z",
            "tokens/0/status NO_SHOW",
            "moved/0/token/label " + eleven.label() + "-02",
            "moved/0/token/expectedAt 2030-01-07T11:30:00Z",
            "moved/0/from " + nine.label() + "-01",
            "moved/0/token/reallocatedFrom " + nine.label() + "-01",
            "slots/0 -",
            "tokens/0 -",
            "moved/0 -",
            "unplaced +",
            "moved/0 +",
            "slots/0 +",
            "outcome REJECTED")) {
      for (String kind : List.of("DOCTOR_LATE", "DOCTOR_AWAY")) {
        spoil(kind, change);
      }
    }
    store("DOCTOR_AWAY", "kind", "SLOT_MOVED");
    assertThat(differences()).isNotEmpty();
    store("SLOT_MOVED", "kind", "DOCTOR_AWAY");
  }

  /// Changes a value, takes one out of its list (`-`), or puts one in again (`+`).
  private void spoil(String kind, String change) throws Exception {
    String stored =
        clinic.prompt().text("select outcome from request where kind = '%s'".formatted(kind));
    ObjectNode outcome = (ObjectNode) new ObjectMapper().readTree(stored);
    String path = change.substring(0, change.indexOf(' '));
    String value = change.substring(change.indexOf(' ') + 1);
    int end = path.lastIndexOf('/');
    String name = path.substring(end + 1);
    JsonNode parent = end < 0 ? outcome : outcome.at("/" + path.substring(0, end));
    if (parent.isMissingNode()
        || parent.path(name).isMissingNode() && !(parent instanceof ArrayNode)) {
      return;
    }
    switch (parent) {
      case ArrayNode list when list.isEmpty() -> {
        return;
      }
      case ArrayNode list when value.equals("-") -> list.remove(0);
      case ArrayNode list -> list.add(list.get(0));
      case ObjectNode node when value.equals("+") -> node.withArray(name).add("x");
      case ObjectNode node when node.get(name).isNumber() ->
          node.put(name, Integer.parseInt(value));
      case ObjectNode node -> node.put(name, value);
      default -> throw new IllegalArgumentException(change);
    }
    store(kind, "outcome", outcome.toString());
    assertThat(differences()).as(kind + " " + change).isNotEmpty();
    store(kind, "outcome", stored);
    assertThat(differences()).as(kind + " mended").isEmpty();
  }

  private void store(String kind, String column, String value) throws SQLException {
    try (var connection = clinic.facility().connectAsSuperuser();
        var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      assertThat(
              statement.executeUpdate(
                  "update request set %s = '%s' where kind = '%s'".formatted(column, value, kind)))
          .isOne();
    }
  }

  private Response<Outcome.DoctorLate> late(DoctorCode doctor, int minutes) {
    return clinic.desk().absences().late(clinic.request(), doctor, minutes, Optional.empty());
  }

  private Outcome.DoctorLate lateFrom(String time) {
    return clinic.desk().absences().late(clinic.request(), rao, 90, at(time)).outcome();
  }

  private Response<Outcome.DoctorAway> leave(Optional<DoctorCode> cover) {
    return clinic
        .desk()
        .absences()
        .leave(clinic.request(), new Leave(rao, Optional.empty(), Optional.empty(), "ill", cover));
  }

  private ErrorCode code(Leave leave) {
    try {
      clinic.desk().absences().leave(clinic.request(), leave);
      throw new AssertionError("it was not refused");
    } catch (OpdException e) {
      return e.code();
    }
  }

  private List<Owed> owed() {
    return clinic.desk().owed().list(Optional.empty(), Days.of(LocalDate.parse(Clinic.DAY))).owed();
  }

  private static Optional<java.time.Instant> at(String time) {
    return Optional.of(time(time));
  }

  private static List<String> labels(List<TokenView> views) {
    return views.stream().map(view -> view.token().label().toString()).toList();
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
}
