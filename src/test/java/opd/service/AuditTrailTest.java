package opd.service;

import static opd.domain.TokenPriority.EMERGENCY;
import static opd.domain.TokenPriority.FOLLOW_UP;
import static opd.domain.TokenPriority.PAID;
import static opd.testing.Clinic.reference;
import static opd.testing.Clinic.wish;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import opd.domain.AuditKind;
import opd.domain.Doctor;
import opd.domain.DoctorCode;
import opd.domain.PersonName;
import opd.domain.Slot;
import opd.domain.Token;
import opd.record.Identity;
import opd.testing.Clinic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the log says of each decision, and what it never says.
final class AuditTrailTest {
  private static Clinic clinic;

  @BeforeAll
  static void open() throws SQLException {
    clinic = Clinic.open();
  }

  @AfterAll
  static void close() throws SQLException {
    clinic.close();
  }

  @Test
  void anAllocationTellsTheFactsThatItWasMadeOn() throws SQLException {
    Slot slot = clinic.aSlot(2);
    clinic.aToken(slot, PAID);

    assertThat(clinic.log(slot)).containsExactly("SLOT_OPENED", "TOKEN_ALLOCATED 1");
    assertThat(clinic.facts(slot))
        .containsExactly(
            "{\"priority\":\"PAID\",\"source\":\"WALK_IN\",\"capacity\":2,\"active\":0}",
            "{\"doctor\":\"%s\",\"start\":\"2030-01-07T09:00:00Z\",\"end\":\"2030-01-07T10:00:00Z\",\"capacity\":2}"
                .formatted(slot.label().doctor()));
  }

  @Test
  void aDisplacementTellsTheCandidatesInTheRulesOrderAndThenTheVictim() throws SQLException {
    Slot slot = clinic.aSlot(3);
    clinic.aToken(slot, FOLLOW_UP);
    clinic.aToken(slot, PAID);
    clinic.aToken(slot, FOLLOW_UP);
    clinic.aToken(slot, EMERGENCY);

    assertThat(clinic.log(slot).subList(4, 6))
        .containsExactly("TOKEN_ALLOCATED 3", "TOKEN_DISPLACED 4");
    assertThat(clinic.facts(slot).get(1))
        .isEqualTo(
            "{\"priority\":\"EMERGENCY\",\"source\":\"WALK_IN\",\"capacity\":3,\"active\":3,\"candidates\":["
                + "{\"sequence\":3,\"priority\":\"FOLLOW_UP\"},{\"sequence\":1,\"priority\":\"FOLLOW_UP\"},"
                + "{\"sequence\":2,\"priority\":\"PAID\"}],\"displaced\":\"%s-03\"}"
                    .formatted(slot.label()));
    assertThat(clinic.facts(slot).getFirst())
        .isEqualTo("{\"by\":\"%s-04\"}".formatted(slot.label()));
  }

  @Test
  void aRefusalTellsWhyAndWhereElseThereWasAPlace() throws SQLException {
    DoctorCode doctor = clinic.aDoctor();
    Slot slot = clinic.fill(clinic.aSlot(doctor, "09:00", 1), PAID);
    Slot next = clinic.aSlot(doctor, "10:00", 4);
    clinic.reject(wish(slot, clinic.aPatient(), FOLLOW_UP));

    assertThat(clinic.log(slot)).endsWith("ALLOCATION_REJECTED 1");
    assertThat(clinic.facts(slot).getFirst())
        .isEqualTo(
            "{\"code\":\"SLOT_FULL\",\"slotStatus\":\"SCHEDULED\",\"priority\":\"FOLLOW_UP\",\"source\":\"WALK_IN\","
                + "\"capacity\":1,\"active\":1,\"candidates\":[{\"sequence\":1,\"priority\":\"PAID\"}],"
                + "\"next\":{\"slot\":\"%s\",\"end\":\"2030-01-07T11:00:00Z\",\"capacity\":4,"
                    .formatted(next.label())
                + "\"status\":\"SCHEDULED\",\"delayMinutes\":0,\"counts\":{\"ACTIVE\":0,\"DISPLACED\":0,"
                + "\"CANCELLED\":0,\"NO_SHOW\":0,\"COMPLETED\":0}}}");
  }

  @Test
  void refusalsWithoutARuleNameNone() throws SQLException {
    Slot slot = clinic.aSlot(2);
    int patient = clinic.aPatient();
    Token token = clinic.admit(wish(slot, patient, PAID)).token().token();
    clinic.reject(wish(slot, patient, PAID));
    clinic.desk().slotChanges().complete(clinic.request(), reference(slot));
    clinic.reject(wish(slot, patient, PAID));
    clinic.cancel(token);

    assertThat(clinic.log(slot))
        .containsExactly(
            "SLOT_OPENED",
            "TOKEN_ALLOCATED 1",
            "ALLOCATION_REJECTED",
            "SLOT_COMPLETED",
            "TOKEN_COMPLETED",
            "ALLOCATION_REJECTED",
            "CHANGE_REJECTED");
    assertThat(clinic.facts(slot).get(4)).contains("\"existing\":\"" + token.label() + "\"");
    assertThat(clinic.facts(slot).get(1)).contains("\"code\":\"SLOT_CLOSED\"", "\"COMPLETED\"");
    assertThat(clinic.facts(slot).getFirst())
        .isEqualTo(
            "{\"code\":\"TOKEN_NOT_ACTIVE\",\"wish\":\"CANCEL\",\"tokenStatus\":\"COMPLETED\",\"slotStatus\":\"COMPLETED\"}");
  }

  @Test
  void aRegistrationHoldsASaltedDigestOfTheIdentity() throws SQLException {
    int patient = clinic.aPatient();
    clinic.desk().patients().add(clinic.request(), Clinic.key(patient), Clinic.name(patient));
    PersonName newName = new PersonName("Meera Iyer");
    clinic
        .desk()
        .patients()
        .change(clinic.request(), Clinic.key(patient), Optional.of(newName), Optional.empty());

    // The salt of the tests is sixteen zeroes.
    assertThat(
            clinic
                .prompt()
                .column(
                    "select kind || ' ' || facts from audit_entry where chain = (select 'patient/' || id"
                        + " from patient where phone = '%s') order by number"
                            .formatted(Clinic.key(patient).phone().e164())))
        .containsExactly(
            "PATIENT_REGISTERED {\"identity\":\"%s\"}"
                .formatted(Identity.of(Clinic.key(patient), Clinic.name(patient), new byte[16])),
            "PATIENT_CHANGED {\"identity\":\"%s\"}"
                .formatted(Identity.of(Clinic.key(patient), newName, new byte[16])));
  }

  @Test
  void everyEntryNamesActorAndRequestAndTheTimeOfTheDatabase() throws SQLException {
    Slot slot = clinic.aSlot(1);
    Request request = clinic.request();
    clinic.desk().allocations().allocate(request, wish(slot, clinic.aPatient(), PAID));

    assertThat(
            clinic
                .prompt()
                .column(
                    "select concat_ws(' ', actor, request_id, at between now() - interval '1 minute' and now())"
                        + " from audit_entry where kind = 'TOKEN_ALLOCATED' and slot_id = "
                        + slot.id()))
        .containsExactly("test " + request.id() + " t");
  }

  @Test
  void noNameAndNoPhoneNumberIsInTheLogOrInAStoredOutcome() throws SQLException {
    try (Clinic day = Clinic.open()) {
      aDayWithEveryKind(day);

      assertThat(day.prompt().column("select distinct kind from audit_entry order by 1"))
          .containsExactlyElementsOf(
              Arrays.stream(AuditKind.values()).map(Enum::name).sorted().toList());
      List<String> rows =
          day.prompt()
              .column("select e::text from audit_entry e union all select r::text from request r");
      List<String> secrets =
          day.prompt()
              .column(
                  "select name from patient where name is not null"
                      + " union select substr(phone, 2) from patient where phone is not null"
                      + " union select right(phone, 10) from patient where phone is not null");
      assertThat(rows).hasSizeGreaterThan(40);
      assertThat(secrets).hasSizeGreaterThan(20);
      for (String secret : secrets) {
        assertThat(rows).noneMatch(row -> row.contains(secret));
      }
      assertThat(rows).noneMatch(row -> row.contains("Deshpande") || row.contains("Meera"));
    }
  }

  private static void aDayWithEveryKind(Clinic day) {
    DoctorCode doctor = day.aDoctor();
    Slot slot = day.aSlot(doctor, "09:00", 2);
    Slot later = day.aSlot(doctor, "10:00", 1);
    Token reinstated = day.aDisplacedToken(slot, FOLLOW_UP);
    day.reallocate(reinstated);
    Token moved = day.aDisplacedToken(day.aSlot(1), FOLLOW_UP);
    day.reallocate(moved, later);
    day.cancel(moved);
    int refused = day.aPatient();
    day.reject(wish(slot, refused, FOLLOW_UP));
    day.desk()
        .patients()
        .change(
            day.request(),
            Clinic.key(refused),
            Optional.of(new PersonName("Meera Iyer")),
            Optional.empty());
    day.desk()
        .erasures()
        .erase(day.request(), Clinic.key(refused).phone(), Optional.empty(), "in writing");
    day.desk().tokens().noShow(day.request(), reference(reinstated));
    day.desk().slotChanges().delay(day.request(), reference(slot), 10);
    day.desk().slotChanges().complete(day.request(), reference(slot));
    day.desk().slotChanges().cancel(day.request(), reference(later), "ill");
    var corrections = day.desk().slotCorrections();
    corrections.reopen(day.request(), reference(later), "came");
    corrections.change(
        day.request(),
        reference(later),
        new SlotCorrectionService.Terms(Optional.of(9), Optional.empty(), Optional.empty(), false));
    Token undone = day.aToken(later, PAID);
    day.desk().tokens().complete(day.request(), reference(undone));
    day.desk().tokens().undo(day.request(), reference(undone), "wrong patient");
    var serving = day.desk().serving();
    serving.arrive(day.request(), reference(undone));
    serving.call(day.request(), reference(undone), Optional.of("2"));
    serving.park(day.request(), reference(undone), "blood test");
    serving.comeBack(day.request(), reference(undone));
    day.desk().doctors().setActive(day.request(), doctor, false);
    day.fill(day.aSlot(10), PAID);
    day.desk()
        .doctors()
        .add(
            day.request(),
            new Doctor(new DoctorCode("SHAH"), new PersonName("Dr. Shah"), null, true));
  }
}
