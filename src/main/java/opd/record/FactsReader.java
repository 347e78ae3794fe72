package opd.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import opd.decision.AuditEvent;
import opd.decision.ChangeFacts;
import opd.decision.ClaimFacts;
import opd.decision.ClaimOptions;
import opd.decision.PassedOver;
import opd.decision.SlotFacts;
import opd.domain.AuditKind;
import opd.domain.ClockSource;
import opd.domain.DoctorCode;
import opd.domain.OpdException;
import opd.domain.Refusal;
import opd.domain.Rule;
import opd.domain.SlotLabel;
import opd.domain.SlotStatus;
import opd.domain.StatusCounts;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// Reads the facts of an entry back into the event that they tell of: the inverse of [FactsJson].
/// Candidates come without their patients, who are not in the facts. Fields that an event does not
/// know are passed over here; whoever must know compares the event's facts, written again, with the
/// text.
public final class FactsReader {
  private static final ObjectReader JSON = new ObjectMapper().readerFor(JsonNode.class);
  private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

  private FactsReader() {}

  /// The event, or empty when the facts are not those of such an event.
  ///
  /// @param rule the number of the rule applied, or null
  public static Optional<AuditEvent> read(AuditKind kind, @Nullable Integer rule, String facts) {
    try {
      return Optional.of(event(kind, rule, tree(facts)));
    } catch (JsonProcessingException
        | IllegalArgumentException
        | DateTimeException
        | OpdException e) {
      return Optional.empty();
    }
  }

  /// Completions and no-shows tell nothing besides their kind.
  private static JsonNode tree(String facts) throws JsonProcessingException {
    return facts.equals("{}") ? NOTHING : JSON.readTree(facts);
  }

  private static AuditEvent event(AuditKind kind, @Nullable Integer rule, JsonNode facts) {
    return switch (kind) {
      case FACILITY_SET ->
          new AuditEvent.FacilitySet(
              text(facts, "region"),
              text(facts, "zone"),
              ClockSource.valueOf(text(facts, "clock")),
              text(facts, "phoneKeyDigest"));
      case DOCTOR_ADDED -> new AuditEvent.DoctorAdded(text(facts, "details"));
      case DOCTOR_CHANGED ->
          new AuditEvent.DoctorChanged(
              facts.required("active").asBoolean(), optionalText(facts, "details"));
      case PATIENT_REGISTERED -> new AuditEvent.PatientRegistered(text(facts, "identity"));
      case PATIENT_CHANGED -> new AuditEvent.PatientChanged(text(facts, "identity"));
      case PATIENT_ERASED -> new AuditEvent.PatientErased(text(facts, "reason"));
      case SLOT_OPENED -> opened(facts);
      case SLOT_DELAYED ->
          new AuditEvent.SlotDelayed(number(facts, "minutes"), number(facts, "minutesBefore"));
      case SLOT_CANCELLED ->
          new AuditEvent.SlotCancelled(
              text(facts, "reason"),
              tokens(facts),
              facts.path("moving").asBoolean(),
              doctor(facts, "cover"));
      case SLOT_COMPLETED -> new AuditEvent.SlotCompleted(tokens(facts));
      case TOKEN_ALLOCATED ->
          new AuditEvent.TokenAllocated(
              claim(facts),
              rule == null ? Rule.CAPACITY : rule(rule),
              label(facts, "displaced"),
              label(facts, "reallocatedFrom"),
              label(facts, "movedFrom"),
              facts.has("arrivedAt") ? time(facts, "arrivedAt") : null);
      case TOKEN_DISPLACED -> new AuditEvent.TokenDisplaced(label(facts, "by"));
      case ALLOCATION_REJECTED -> rejected(rule, facts);
      case TOKEN_CANCELLED ->
          new AuditEvent.TokenCancelled(
              TokenStatus.valueOf(text(facts, "before")),
              optionalText(facts, "reason"),
              facts.path("replaced").asBoolean(),
              label(facts, "movedTo"));
      case TOKEN_NO_SHOW -> new AuditEvent.TokenNoShow();
      case TOKEN_COMPLETED -> new AuditEvent.TokenCompleted(facts.path("withSlot").asBoolean());
      case TOKEN_REINSTATED ->
          new AuditEvent.TokenReinstated(claim(facts), label(facts, "displaced"));
      case TOKEN_REALLOCATED -> new AuditEvent.TokenReallocated(parse(text(facts, "successor")));
      case CHANGE_REJECTED -> changeRejected(facts);
      case SLOT_CHANGED ->
          new AuditEvent.SlotChanged(
              number(facts, "capacity"),
              number(facts, "capacityBefore"),
              time(facts, "end"),
              time(facts, "endBefore"),
              tokens(facts));
      case SLOT_REOPENED ->
          new AuditEvent.SlotReopened(
              text(facts, "reason"),
              SlotStatus.valueOf(text(facts, "before")),
              SlotStatus.valueOf(text(facts, "status")),
              tokens(facts),
              facts.has("erased") ? numbers(facts, "erased") : List.of());
      case TOKEN_ARRIVED -> new AuditEvent.TokenArrived(facts.path("again").asBoolean());
      case TOKEN_CALLED -> called(facts);
      case TOKEN_PARKED ->
          new AuditEvent.TokenParked(
              facts.path("again").asBoolean(), optionalText(facts, "reason"));
      case TOKEN_RETURNED -> new AuditEvent.TokenReturned(facts.path("again").asBoolean());
      case CHANGE_UNDONE ->
          new AuditEvent.ChangeUndone(
              facts.required("undoes").asLong(),
              TokenStatus.valueOf(text(facts, "before")),
              TokenStatus.valueOf(text(facts, "status")),
              optionalText(facts, "reason"),
              label(facts, "holds"));
    };
  }

  private static AuditEvent opened(JsonNode facts) {
    DoctorCode doctor = new DoctorCode(text(facts, "doctor"));
    Instant start = time(facts, "start");
    SlotLabel label = optionalSlot(facts, "label");
    return new AuditEvent.SlotOpened(
        label == null ? SlotLabel.of(doctor, start, ZoneOffset.UTC) : label,
        start,
        time(facts, "end"),
        number(facts, "capacity"));
  }

  private static AuditEvent rejected(@Nullable Integer rule, JsonNode facts) {
    JsonNode next = facts.path("next");
    return new AuditEvent.AllocationRejected(
        claim(facts),
        Refusal.valueOf(text(facts, "code")),
        rule == null ? null : rule(rule),
        SlotStatus.valueOf(text(facts, "slotStatus")),
        label(facts, "existing"),
        next.isMissingNode() ? null : slot(next),
        label(facts, "reallocatedFrom"),
        label(facts, "movedFrom"));
  }

  private static AuditEvent changeRejected(JsonNode facts) {
    String status = optionalText(facts, "tokenStatus");
    if (text(facts, "wish").equals(AuditEvent.ErasureRejected.CHANGE)) {
      return new AuditEvent.ErasureRejected(
          Refusal.valueOf(text(facts, "code")),
          parse(text(facts, "holds")),
          TokenStatus.valueOf(text(facts, "tokenStatus")));
    }
    String slotStatus = optionalText(facts, "slotStatus");
    return new AuditEvent.ChangeRejected(
        text(facts, "wish"),
        Refusal.valueOf(text(facts, "code")),
        status == null ? null : TokenStatus.valueOf(status),
        slotStatus == null ? null : SlotStatus.valueOf(slotStatus),
        new ChangeFacts(
            label(facts, "existing"),
            optionalNumber(facts, "capacity"),
            optionalNumber(facts, "active"),
            facts.path("erased").asBoolean(),
            optionalText(facts, "reason"),
            optionalSlot(facts, "to"),
            facts.path("present").asBoolean(),
            optionalText(facts, "room")));
  }

  private static AuditEvent called(JsonNode facts) {
    List<AuditEvent.Passed> passed = new ArrayList<>();
    for (JsonNode each : facts.path("passed")) {
      passed.add(
          new AuditEvent.Passed(number(each, "sequence"), PassedOver.valueOf(text(each, "why"))));
    }
    return new AuditEvent.TokenCalled(
        optionalText(facts, "room"),
        number(facts, "calls"),
        facts.path("next").asBoolean(),
        facts.path("present").asBoolean(),
        List.copyOf(passed),
        label(facts, "previous"));
  }

  private static ClaimFacts claim(JsonNode facts) {
    List<ClaimFacts.Candidate> candidates = new ArrayList<>();
    for (JsonNode candidate : facts.path("candidates")) {
      candidates.add(
          new ClaimFacts.Candidate(
              number(candidate, "sequence"),
              TokenPriority.valueOf(text(candidate, "priority")),
              candidate.path("called").asBoolean()));
    }
    return new ClaimFacts(
        TokenPriority.valueOf(text(facts, "priority")),
        TokenSource.valueOf(text(facts, "source")),
        number(facts, "capacity"),
        number(facts, "active"),
        List.copyOf(candidates),
        new ClaimOptions(
            facts.path("orNext").asBoolean(),
            optionalSlot(facts, "to"),
            optionalText(facts, "reason")),
        label(facts, "holds"));
  }

  private static SlotFacts slot(JsonNode facts) {
    JsonNode counts = facts.required("counts");
    SlotLabel label = slotLabel(text(facts, "slot"));
    String start = optionalText(facts, "start");
    return new SlotFacts(
        label,
        start == null ? label.wallTime().toInstant(ZoneOffset.UTC) : Instant.parse(start),
        time(facts, "end"),
        number(facts, "capacity"),
        SlotStatus.valueOf(text(facts, "status")),
        number(facts, "delayMinutes"),
        new StatusCounts(
            number(counts, TokenStatus.ACTIVE.name()),
            number(counts, TokenStatus.DISPLACED.name()),
            number(counts, TokenStatus.CANCELLED.name()),
            number(counts, TokenStatus.NO_SHOW.name()),
            number(counts, TokenStatus.COMPLETED.name())));
  }

  private static Rule rule(@Nullable Integer number) {
    if (number == null) {
      throw new IllegalArgumentException("no rule");
    }
    return Rule.of(number);
  }

  private static List<Integer> tokens(JsonNode facts) {
    return numbers(facts, "tokens");
  }

  private static List<Integer> numbers(JsonNode facts, String field) {
    List<Integer> sequences = new ArrayList<>();
    facts.required(field).forEach(sequence -> sequences.add(sequence.asInt()));
    return List.copyOf(sequences);
  }

  private static @Nullable TokenLabel label(JsonNode facts, String field) {
    String label = optionalText(facts, field);
    return label == null ? null : parse(label);
  }

  private static TokenLabel parse(String label) {
    return TokenLabel.parse(label).orElseThrow(IllegalArgumentException::new);
  }

  private static @Nullable SlotLabel optionalSlot(JsonNode facts, String field) {
    String label = optionalText(facts, field);
    return label == null ? null : slotLabel(label);
  }

  private static SlotLabel slotLabel(String label) {
    return SlotLabel.parse(label).orElseThrow(IllegalArgumentException::new);
  }

  private static String text(JsonNode facts, String field) {
    return facts.required(field).asText();
  }

  private static @Nullable String optionalText(JsonNode facts, String field) {
    JsonNode value = facts.path(field);
    return value.isMissingNode() ? null : value.asText();
  }

  private static @Nullable DoctorCode doctor(JsonNode facts, String field) {
    String code = optionalText(facts, field);
    return code == null ? null : new DoctorCode(code);
  }

  private static int number(JsonNode facts, String field) {
    return facts.required(field).asInt();
  }

  private static @Nullable Integer optionalNumber(JsonNode facts, String field) {
    JsonNode value = facts.path(field);
    return value.isMissingNode() ? null : (Integer) value.asInt();
  }

  private static Instant time(JsonNode facts, String field) {
    return Instant.parse(text(facts, field));
  }
}
