package opd.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import opd.decision.Outcome;
import opd.decision.RoomDecision.Ending;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.TokenLabel;
import opd.domain.TokenReference;
import opd.service.ServingService.Queue;
import opd.testing.CallLog;
import opd.testing.Clinic;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// Many rooms that call from one doctor's queue at the same moment, while patients go away and come
/// back.
@Order(26)
final class ServingCrowdTest {
  private static final int PATIENTS = 20;
  private static final int ROOMS = 4;

  @Test
  void sixteenDesksCallFromOneQueueIntoFourRoomsAndEveryPatientOnce() throws Exception {
    try (Clinic clinic = Clinic.open()) {
      Slot slot = clinic.aFullSlot(PATIENTS);
      List<Outcome.Serving> answers = new ArrayList<>();
      ManyDesks.atOnce(
              clinic,
              (desk, number) ->
                  List.of(
                      next(clinic, desk, slot, number, Ending.COMPLETE),
                      next(clinic, desk, slot, number, Ending.COMPLETE)))
          .forEach(answers::addAll);
      List<String> called =
          clinic
              .prompt()
              .column(
                  "select token_id from audit_entry where kind = 'TOKEN_CALLED' order by number");
      assertThat(called)
          .hasSize(PATIENTS)
          .doesNotHaveDuplicates()
          .isSortedAccordingTo((a, b) -> Long.compare(Long.parseLong(a), Long.parseLong(b)));
      assertThat(answers).hasSize(2 * ManyDesks.DESKS);
      assertThat(clinic.prompt().number("select count(*) from serving where calls = 1"))
          .isEqualTo(PATIENTS);
      // Each room has called all its patients but the one who is still there.
      assertThat(clinic.now(slot).counts().completed()).isBetween(16, PATIENTS);
      assertHonest(clinic);
    }
  }

  @Test
  void nobodyIsCalledIntoTwoRoomsAndWhoIsPassedOverIsNamedWhilePatientsGoAwayAndComeBack()
      throws Exception {
    try (Clinic clinic = Clinic.open()) {
      Slot slot = clinic.aFullSlot(PATIENTS);
      ManyDesks.atOnce(
          clinic,
          (desk, number) -> {
            Random random = new Random(number);
            for (int i = 0; i < 3; i++) {
              serve(clinic, desk, slot.label(), random);
              next(clinic, desk, slot, number, Ending.values()[random.nextInt(3)]);
            }
            return number;
          });
      assertThat(
              clinic
                  .prompt()
                  .number("select count(*) from audit_entry where kind = 'TOKEN_PARKED'"))
          .isPositive();
      assertHonest(clinic);
    }
  }

  /// Somebody of the queue, of whom this may be refused.
  private static void serve(Clinic clinic, FacilityServices desk, SlotLabel slot, Random random) {
    var token = new TokenReference.ByLabel(new TokenLabel(slot, 1 + random.nextInt(PATIENTS)));
    Request request = clinic.request();
    switch (random.nextInt(4)) {
      case 0 -> desk.serving().comeBack(request, token);
      case 1 -> desk.serving().call(request, token, Optional.of(room(random.nextInt(ROOMS))));
      default -> desk.serving().park(request, token, null);
    }
  }

  private static Outcome.Serving next(
      Clinic clinic, FacilityServices desk, Slot slot, int number, Ending ending) {
    var queue =
        new Queue(
            new Queue.Place.OfSlot(Clinic.reference(slot)),
            false,
            Optional.of(room(number % ROOMS)));
    return desk.serving().next(clinic.request(), queue, ending).outcome();
  }

  private static String room(int number) {
    return "room " + number;
  }

  private static void assertHonest(Clinic clinic) throws SQLException {
    assertThat(CallLog.faults(clinic.prompt())).isEmpty();
    assertThat(
            clinic
                .desk()
                .verification()
                .verify(Optional.empty(), Optional.empty(), _ -> {})
                .differences())
        .isEmpty();
  }
}
