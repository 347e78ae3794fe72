package opd.service;

import static opd.domain.TokenPriority.EMERGENCY;
import static opd.domain.TokenPriority.FOLLOW_UP;
import static opd.domain.TokenPriority.PAID;
import static opd.testing.Clinic.reference;
import static opd.testing.Clinic.wish;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import opd.domain.DoctorCode;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenReference;
import opd.domain.TokenSource;
import opd.testing.Clinic;
import org.junit.jupiter.api.Test;

/// A facility that never calls anybody. Its log and its stored outcomes are, to the byte, what they
/// were before patients could be called: who has notes of their digests finds them again, and a
/// program of then reads what a program of today writes. The file was written by the last program
/// that could call nobody.
final class UnservedFacilityTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/opd/service/unserved-facility.txt");
  private static final String ENTRIES =
      """
      select concat_ws(' ', chain, number, kind, rule, at at time zone 'UTC', actor, login,
                       request_id, encode(hash, 'hex'), facts)
        from audit_entry order by chain, number\
      """;
  private static final String OUTCOMES =
      """
      select concat_ws(' ', id, kind, encode(digest, 'hex'), outcome)
        from request order by length(id), id\
      """;

  @Test
  void theLogAndTheOutcomesOfAFacilityThatNeverCallsAnybodyAreAsEver() throws Exception {
    try (Clinic clinic = Clinic.at("08:00")) {
      new Morning(clinic).live();
      assertThat(written(clinic)).isEqualTo(Files.readAllLines(GOLDEN));
    }
  }

  /// Writes the file anew, for a program whose log is meant to be another.
  public static void main(String[] arguments) throws SQLException, IOException {
    try (Clinic clinic = Clinic.at("08:00")) {
      new Morning(clinic).live();
      Files.write(Path.of(arguments[0]), written(clinic));
    }
    System.exit(0);
  }

  private static List<String> written(Clinic clinic) throws SQLException {
    List<String> lines = new ArrayList<>(clinic.prompt().column(ENTRIES));
    lines.addAll(clinic.prompt().column(OUTCOMES));
    return lines;
  }

  /// What happens, in some forty entries.
  private static final class Morning {
    private final Clinic clinic;
    private final FacilityServices desk;
    private final Slot nine;
    private final Slot ten;
    private final Slot covers;

    Morning(Clinic clinic) {
      this.clinic = clinic;
      this.desk = clinic.desk();
      DoctorCode doctor = clinic.aDoctor();
      this.nine = clinic.aSlot(doctor, "09:00", 2);
      this.ten = clinic.aSlot(doctor, "10:00", 2);
      this.covers = clinic.aSlot(clinic.aDoctor(), "10:00", 3);
    }

    void live() {
      fill();
      change();
      mend();
      goAway();
    }

    private void fill() {
      allocate(nine, 1, FOLLOW_UP);
      clinic.allocate(online(nine, 2));
      allocate(nine, 3, FOLLOW_UP); // refused: full
      allocate(nine, 1, PAID); // refused: holds one
      clinic.allocate(
          Clinic.because("chest pain", wish(nine, 4, EMERGENCY))); // displaces the follow-up
      clinic.allocate(Clinic.orNext(wish(nine, 5, FOLLOW_UP)));
      clinic.allocate(Clinic.replacing(wish(nine, 2, EMERGENCY)));
    }

    private void change() {
      clinic.reallocate(token(nine, 1), ten);
      allocate(ten, 6, PAID); // displaces one, as it is full
      desk.tokens().noShow(clinic.request(), named(nine, 4));
      desk.tokens().complete(clinic.request(), named(nine, 3));
      desk.slotChanges().delay(clinic.request(), reference(ten), 20);
      allocate(covers, 4, PAID);
      allocate(covers, 6, FOLLOW_UP); // holds another at the same time
    }

    private void mend() {
      desk.tokens().undo(clinic.request(), named(nine, 4), "wrong patient");
      desk.tokens().undo(clinic.request(), named(nine, 4), "wrong patient"); // nothing left
      desk.moves().move(clinic.request(), named(nine, 4), reference(covers));
      desk.slotCorrections().change(clinic.request(), reference(covers), places(2));
      desk.slotCorrections().change(clinic.request(), reference(covers), places(4));
      allocate(nine, 7, PAID);
      desk.slotChanges().complete(clinic.request(), reference(nine));
      desk.slotCorrections().reopen(clinic.request(), reference(nine), "wrong slot");
    }

    private void goAway() {
      DoctorCode away = ten.label().doctor();
      desk.absences().late(clinic.request(), away, 10, Optional.of(Clinic.time("08:00")));
      desk.absences()
          .leave(
              clinic.request(),
              new AbsenceService.Leave(
                  away,
                  Optional.of(Clinic.time("10:00")),
                  Optional.of(Clinic.time("11:00")),
                  "ill",
                  Optional.of(covers.label().doctor())));
      clinic.reallocate(token(ten, 1)); // no place is free
    }

    private static AllocationRequest online(Slot slot, int patient) {
      return new AllocationRequest(
          new AllocationRequest.Place.InSlot(reference(slot)),
          Clinic.key(patient),
          Optional.of(Clinic.name(patient)),
          FOLLOW_UP,
          TokenSource.ONLINE,
          false,
          false);
    }

    private static SlotCorrectionService.Terms places(int capacity) {
      return new SlotCorrectionService.Terms(
          Optional.of(capacity), Optional.empty(), Optional.empty(), true);
    }

    private void allocate(Slot slot, int patient, TokenPriority priority) {
      clinic.allocate(wish(slot, patient, priority));
    }

    private static TokenReference named(Slot slot, int sequence) {
      return new TokenReference.ByLabel(new TokenLabel(slot.label(), sequence));
    }

    private Token token(Slot slot, int sequence) {
      SlotLabel label = slot.label();
      return desk.queues().show(reference(slot), true).tokens().stream()
          .map(view -> view.token())
          .filter(each -> each.label().equals(new TokenLabel(label, sequence)))
          .findFirst()
          .orElseThrow();
    }
  }
}
