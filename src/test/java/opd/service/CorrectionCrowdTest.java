package opd.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import opd.decision.Outcome;
import opd.domain.Slot;
import opd.domain.SlotReference;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenReference;
import opd.store.table.Inspection;
import opd.testing.Clinic;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// Many desks that mend mistakes in the same slots at the same moment, each drawing what it does
/// from its number.
@Order(26)
final class CorrectionCrowdTest {
  private static final int REQUESTS = 8;
  private static final int CAPACITY = 6;

  @Test
  void whateverSixteenDesksMendAtOnceNothingIsOverbookedLostOrToldOtherwise() throws Exception {
    try (Clinic clinic = Clinic.open()) {
      List<Slot> slots = new ArrayList<>();
      for (int doctor = 0; doctor < 2; doctor++) {
        var code = clinic.aDoctor();
        slots.add(clinic.fill(clinic.aSlot(code, "09:00", CAPACITY), TokenPriority.FOLLOW_UP));
        slots.add(clinic.aSlot(code, "10:00", CAPACITY));
      }
      Undisturbed undisturbed = Undisturbed.open(clinic);
      List<Outcome> answers = new ArrayList<>();
      ManyDesks.atOnce(
              clinic,
              (desk, number) -> {
                Random random = new Random(number);
                List<Outcome> own = new ArrayList<>(undisturbed.mend(clinic, desk, number));
                for (int i = 0; i < REQUESTS; i++) {
                  own.add(mend(clinic, desk, slots, random));
                }
                return own;
              })
          .forEach(answers::addAll);

      assertThat(answers).anyMatch(Outcome::isRefused).anyMatch(answer -> !answer.isRefused());
      assertThat(told(clinic))
          .contains("CHANGE_UNDONE", "SLOT_CHANGED", "SLOT_REOPENED", "TOKEN_CANCELLED");
      assertHonest(clinic);
    }
  }

  /// Slots in which each desk mends what no other does, so that whatever the order there is one of
  /// each kind among the answers.
  private record Undisturbed(Slot full, Slot later, Slot wrong) {
    static Undisturbed open(Clinic clinic) {
      var code = clinic.aDoctor();
      return new Undisturbed(
          clinic.fill(clinic.aSlot(code, "09:00", ManyDesks.DESKS), TokenPriority.FOLLOW_UP),
          clinic.aSlot(code, "10:00", ManyDesks.DESKS),
          clinic.aSlot(code, "11:00", CAPACITY));
    }

    List<Outcome> mend(Clinic clinic, FacilityServices desk, int number) {
      TokenReference own = new TokenReference.ByLabel(new TokenLabel(full.label(), 1 + number));
      SlotReference free = Clinic.reference(later);
      SlotReference spare = Clinic.reference(wrong);
      return switch (number) {
        case 0 ->
            List.of(
                desk.slotChanges().cancel(clinic.request(), spare, "wrong slot").outcome(),
                desk.slotCorrections().reopen(clinic.request(), spare, "right slot").outcome());
        case 1 ->
            List.of(
                desk.slotCorrections()
                    .change(clinic.request(), free, roomFor(2 * ManyDesks.DESKS, false))
                    .outcome());
        default ->
            number % 2 == 0
                ? List.of(desk.moves().move(clinic.request(), own, free).outcome())
                : List.of(
                    desk.tokens().noShow(clinic.request(), own).outcome(),
                    desk.tokens().undo(clinic.request(), own, "wrong patient").outcome());
      };
    }
  }

  private static Outcome mend(
      Clinic clinic, FacilityServices desk, List<Slot> slots, Random random) {
    Request request = clinic.request();
    Slot slot = slots.get(random.nextInt(slots.size()));
    SlotReference other = Clinic.reference(slots.get(random.nextInt(slots.size())));
    // Of a slot that was full from the beginning, so that it exists.
    TokenReference token =
        new TokenReference.ByLabel(
            new TokenLabel(slots.get(2 * random.nextInt(2)).label(), 1 + random.nextInt(CAPACITY)));
    return switch (random.nextInt(10)) {
      case 0 -> desk.tokens().noShow(request, token).outcome();
      case 1, 2 -> desk.tokens().undo(request, token, "wrong patient").outcome();
      case 3, 4 -> desk.moves().move(request, token, other).outcome();
      case 5 -> desk.slotCorrections().change(request, other, terms(random)).outcome();
      case 6 -> desk.slotChanges().cancel(request, other, "wrong slot").outcome();
      case 7, 8 -> desk.slotCorrections().reopen(request, other, "wrong slot").outcome();
      default ->
          desk.allocations()
              .allocate(
                  request,
                  Clinic.wish(
                      slot, random.nextInt(1_000), TokenPriority.values()[random.nextInt(3)]))
              .outcome();
    };
  }

  private static SlotCorrectionService.Terms terms(Random random) {
    return roomFor(2 + random.nextInt(CAPACITY), random.nextBoolean());
  }

  private static SlotCorrectionService.Terms roomFor(int capacity, boolean isDisplacing) {
    return new SlotCorrectionService.Terms(
        Optional.of(capacity), Optional.empty(), Optional.empty(), isDisplacing);
  }

  private static List<String> told(Clinic clinic) throws SQLException {
    return clinic.prompt().column("select distinct kind from audit_entry");
  }

  private static void assertHonest(Clinic clinic) throws SQLException {
    try (Inspection inspection = Inspection.open(clinic.facility().deskSettings())) {
      assertThat(inspection.faults().values()).allSatisfy(found -> assertThat(found).isEmpty());
    }
    assertThat(
            clinic
                .desk()
                .verification()
                .verify(Optional.empty(), Optional.empty(), _ -> {})
                .differences())
        .isEmpty();
  }
}
