package opd.service;

import static opd.domain.TokenPriority.EMERGENCY;
import static opd.domain.TokenPriority.FOLLOW_UP;
import static opd.domain.TokenPriority.PAID;
import static opd.testing.Clinic.reference;
import static opd.testing.Clinic.wish;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.TokenView;
import opd.domain.DoctorCode;
import opd.domain.Refusal;
import opd.domain.Slot;
import opd.testing.ClassFacility;
import opd.testing.Clinic;
import opd.verify.Difference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A slot is cancelled and its patients get other places, in one transaction.
final class SlotMoveTest {
  @AutoClose private static final ClassFacility facility = new ClassFacility();

  private Clinic clinic;
  private DoctorCode doctor;
  private Slot nine;
  private Slot ten;
  private Slot eleven;

  /// Three places at nine, one free at ten and one at eleven: one patient too many.
  @BeforeEach
  void aMorning() throws Exception {
    clinic = Clinic.open(facility.anew());
    doctor = clinic.aDoctor();
    nine = clinic.aSlot(doctor, "09:00", 3);
    ten = clinic.aSlot(doctor, "10:00", 2);
    eleven = clinic.aSlot(doctor, "11:00", 1);
    clinic.aToken(ten, FOLLOW_UP);
    clinic.aToken(nine, FOLLOW_UP);
    clinic.aToken(nine, PAID);
    clinic.aToken(nine, EMERGENCY);
  }

  @AfterEach
  void close() throws Exception {
    assertThat(differences()).isEmpty();
    clinic.close();
  }

  @Test
  void theFirstClaimGetsTheFirstPlaceAndNobodyIsDisplacedForIt() throws Exception {
    Outcome.SlotMoved moved = move(clinic.request());

    assertThat(moved.tokens()).extracting(SlotMoveTest::number).containsExactly(3, 2, 1);
    assertThat(moved.moved())
        .extracting(view -> view.token().label() + " " + view.expectedAt())
        .containsExactly(
            ten.label() + "-02 " + Clinic.time("10:00"),
            eleven.label() + "-01 " + Clinic.time("11:00"));
    assertThat(moved.unplaced()).extracting(SlotMoveTest::number).containsExactly(1);
    assertThat(clinic.queue(ten)).isEqualTo("2E 1F");
    assertThat(clinic.queue(eleven)).isEqualTo("1P");
    assertThat(clinic.tokens(nine)).isEqualTo("1F DISPLACED, 2P DISPLACED, 3E DISPLACED");
    assertThat(clinic.log(nine).subList(4, 11))
        .containsExactly(
            "SLOT_CANCELLED",
            "TOKEN_DISPLACED 4",
            "TOKEN_DISPLACED 4",
            "TOKEN_DISPLACED 4",
            "TOKEN_REALLOCATED",
            "TOKEN_REALLOCATED",
            "CHANGE_REJECTED");
  }

  @Test
  void whoWasNotPlacedIsReallocatedLaterLikeAnybodyElse() {
    Outcome.SlotMoved moved = move(clinic.request());
    Slot twelve = clinic.aSlot(doctor, "12:00", 1);
    var later = (Outcome.Admitted) clinic.reallocate(moved.unplaced().getFirst().token());

    assertThat(later.token().token().label().slot()).isEqualTo(twelve.label());
    var again = (Outcome.Rejected) clinic.reallocate(moved.tokens().getFirst().token());
    assertThat(again.refusal()).isEqualTo(Refusal.ALREADY_REALLOCATED);
  }

  @Test
  void aSlotWhereThePatientSitsAlreadyIsPassedOver() {
    Slot twelve = clinic.aSlot(doctor, "12:00", 1);
    int patient = clinic.aPatient();
    Slot eight = clinic.aSlot(doctor, "08:00", 1);
    clinic.admit(wish(eight, patient, FOLLOW_UP));
    clinic.admit(wish(ten, patient, FOLLOW_UP));
    Outcome.SlotMoved moved =
        (Outcome.SlotMoved)
            clinic
                .desk()
                .slotChanges()
                .cancelAndMove(clinic.request(), reference(eight), "ill")
                .outcome();

    assertThat(moved.moved())
        .extracting(view -> view.token().label().slot())
        .containsExactly(eleven.label());
    assertThat(clinic.queue(twelve)).isEmpty();
  }

  @Test
  void theSameRequestGivesTheSameOutcomeAndMovesNobodyTwice() throws Exception {
    Request request = clinic.request();
    Outcome.SlotMoved first = move(request);
    List<String> before = clinic.everything();
    Response<Outcome.SlotChange> again =
        clinic.desk().slotChanges().cancelAndMove(request, reference(nine), "ill");

    assertThat(again.replayed()).isTrue();
    assertThat(again.outcome()).isEqualTo(first);
    assertThat(clinic.everything()).isEqualTo(before);
  }

  @Test
  void aRehearsalShowsThePlanAndChangesNothing() throws Exception {
    List<String> before = clinic.everything();
    Response<Outcome.SlotChange> plan =
        clinic.desk().slotChanges().dryRunCancel(clinic.request(), reference(nine), "ill", true);
    assertThat(clinic.everything()).isEqualTo(before);

    Outcome.SlotMoved planned = (Outcome.SlotMoved) plan.outcome();
    assertThat(plan.isDryRun()).isTrue();
    assertThat(labels(planned.moved())).isEqualTo(labels(move(clinic.request()).moved()));
  }

  @Test
  void anEmptySlotIsCancelledAndNobodyIsMoved() {
    Slot empty = clinic.aSlot(doctor, "13:00", 1);
    var moved =
        (Outcome.SlotMoved)
            clinic
                .desk()
                .slotChanges()
                .cancelAndMove(clinic.request(), reference(empty), "ill")
                .outcome();
    assertThat(moved.tokens()).isEmpty();
    assertThat(moved.unplaced()).isEmpty();
  }

  @Test
  void aClosedSlotIsRefused() {
    move(clinic.request());
    var refused =
        (Outcome.SlotRejected)
            clinic
                .desk()
                .slotChanges()
                .cancelAndMove(clinic.request(), reference(nine), "ill")
                .outcome();
    assertThat(refused.refusal()).isEqualTo(Refusal.SLOT_CLOSED);
  }

  @Test
  void whateverIsChangedInTheStoredOutcomeIsFound() throws Exception {
    move(clinic.request());
    String stored = clinic.prompt().text("select outcome from request where kind = 'SLOT_MOVED'");
    Map<String, Consumer<ObjectNode>> changes = new LinkedHashMap<>();
    changes.put("another new token", node -> moved(node, 0).put("label", ten.label() + "-09"));
    changes.put(
        "made good for another",
        node -> moved(node, 0).put("reallocatedFrom", nine.label() + "-01"));
    changes.put("another time", node -> moved(node, 1).put("expectedAt", "2030-01-07T11:30:00Z"));
    changes.put("no time at all", node -> moved(node, 1).put("createdAt", "x"));
    changes.put("no label at all", node -> moved(node, 1).put("label", "x"));
    changes.put("one fewer", node -> node.withArray("moved").remove(1));
    changes.put("one twice", node -> node.withArray("moved").add(moved(node, 0)));
    changes.put("another order", node -> node.withArray("moved").add(removed(node)));
    changes.put("nobody was left over", node -> node.putArray("unplaced"));
    changes.put("another slot", node -> ((ObjectNode) node.get("slot")).put("status", "DELAYED"));

    for (var change : changes.entrySet()) {
      ObjectNode node = (ObjectNode) new ObjectMapper().readTree(stored);
      change.getValue().accept(node);
      store("outcome", node.toString());
      assertThat(differences()).as(change.getKey()).isNotEmpty();
      store("outcome", stored);
    }
    assertThat(differences()).isEmpty();
    store("kind", "SLOT_DONE");
    assertThat(differences()).as("no move at all").isNotEmpty();
    store("kind", "SLOT_MOVED");
  }

  private static ObjectNode moved(ObjectNode outcome, int index) {
    return (ObjectNode) outcome.get("moved").get(index);
  }

  private static JsonNode removed(ObjectNode outcome) {
    return outcome.withArray("moved").remove(0);
  }

  private void store(String column, String value) throws SQLException {
    try (var connection = clinic.facility().connectAsSuperuser();
        var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      int changed =
          statement.executeUpdate(
              "update request set %s = '%s' where outcome->'moved' is not null"
                  .formatted(column, value));
      assertThat(changed).isOne();
    }
  }

  private Outcome.SlotMoved move(Request request) {
    return (Outcome.SlotMoved)
        clinic.desk().slotChanges().cancelAndMove(request, reference(nine), "ill").outcome();
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

  private static int number(TokenView view) {
    return view.token().sequence();
  }

  private static List<String> labels(List<TokenView> views) {
    return views.stream().map(view -> view.token().label().toString()).toList();
  }
}
