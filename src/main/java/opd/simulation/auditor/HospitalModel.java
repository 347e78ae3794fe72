package opd.simulation.auditor;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import opd.domain.DoctorCode;
import opd.domain.PatientKey;
import opd.domain.SlotLabel;
import opd.domain.TokenLabel;
import opd.simulation.plan.Operation;
import opd.store.table.Inspection.SlotRow;
import org.jspecify.annotations.Nullable;

/// The hospital as it must be. Told what a desk is asked and when, it says what must be answered,
/// and changes as the hospital must.
public final class HospitalModel {
  private final Map<SlotLabel, ModelSlot> slots = new TreeMap<>();
  private final Map<DoctorCode, SortedMap<SlotLabel, ModelSlot>> ofDoctors = new HashMap<>();
  private final Map<PatientKey, List<ModelToken>> ofPatients = new HashMap<>();

  private final ZoneId zone;
  private long calls;

  /// @param zone of the clock on the hospital's wall
  public HospitalModel(ZoneId zone) {
    this.zone = zone;
  }

  /// A new slot, whose opening is its log's first entry.
  public void open(SlotLabel label, Instant start, Instant end, int capacity, Instant at) {
    ModelSlot slot = new ModelSlot(label, start, end, capacity, zone);
    slot.log(at);
    slots.put(label, slot);
    ofDoctors.computeIfAbsent(label.doctor(), _ -> new TreeMap<>()).put(label, slot);
  }

  /// The slot gives a new token.
  ///
  /// @param from the displaced token that it makes good, or null
  ModelToken give(ModelSlot slot, ModelToken.Claim claim, @Nullable TokenLabel from) {
    ModelToken token = slot.take(claim, from);
    ofPatients.computeIfAbsent(claim.patient(), _ -> new ArrayList<>()).add(token);
    return token;
  }

  public Prediction decide(Operation operation, Instant at) {
    return switch (operation) {
      case Operation.Allocate asked -> new ModelAllocation(this, at).allocate(asked);
      case Operation.Reallocate asked -> new ModelAllocation(this, at).reallocate(asked);
      case Operation.Undo asked ->
          ModelChange.undo(this, token(asked.token()), slot(asked.slot()), at);
      case Operation.ChangeSlot asked ->
          ModelCorrection.change(slot(asked.slot()), asked.capacity(), asked.displaces(), at);
      case Operation.ReopenSlot asked -> ModelCorrection.reopen(slot(asked.slot()), at);
      case Operation.Move asked -> new ModelAllocation(this, at).move(asked);
      case Operation.Arrive asked -> new ModelServing(this, at).arrive(asked.token());
      case Operation.Call asked -> new ModelServing(this, at).call(asked);
      case Operation.CallNext asked -> new ModelServing(this, at).callNext(asked);
      case Operation.Next asked -> new ModelServing(this, at).next(asked);
      case Operation.Park asked -> new ModelServing(this, at).park(asked.token());
      case Operation.Return asked -> new ModelServing(this, at).comeBack(asked.token());
      case Operation.OfToken asked ->
          ModelChange.ofToken(token(asked.token()), slot(asked.slot()), asked, at);
      case Operation.DelaySlot asked -> ModelChange.delay(slot(asked.slot()), asked.minutes(), at);
      case Operation.CancelSlot asked -> ModelChange.cancel(slot(asked.slot()), at);
      case Operation.DoctorLate asked -> new ModelAbsence(this, at).late(asked);
      case Operation.DoctorLeave asked -> new ModelAbsence(this, at).leave(asked);
      case Operation.CompleteSlot asked -> ModelChange.complete(slot(asked.slot()), at);
    };
  }

  ModelSlot slot(SlotLabel label) {
    return Objects.requireNonNull(slots.get(label), () -> "no slot " + label);
  }

  ModelToken token(TokenLabel label) {
    return slot(label.slot()).tokens.get(label.sequence() - 1);
  }

  /// The doctor's open slots of that day that start later, by start.
  List<ModelSlot> later(ModelSlot slot) {
    return ofDoctor(slot.label.doctor())
        .filter(other -> other.label.day().equals(slot.label.day()))
        .filter(other -> other.start.isAfter(slot.start) && other.isOpen())
        .sorted(Comparator.comparing((ModelSlot other) -> other.start))
        .toList();
  }

  /// The first place that the patient holds in another slot at the same time, as ` , beside RAO-…`,
  /// or empty.
  ///
  /// @param left a token that is given up for it, or null
  String heldBeside(ModelSlot slot, PatientKey patient, @Nullable ModelToken left) {
    return ofPatients.getOrDefault(patient, List.of()).stream()
        .filter(token -> token.isActive() && token != left)
        .filter(token -> overlap(slot, slot(token.label.slot())))
        .min(Comparator.comparing(token -> token.label.slot()))
        .map(token -> ", beside " + token.label)
        .orElse("");
  }

  private static boolean overlap(ModelSlot one, ModelSlot other) {
    return one != other && other.start.isBefore(one.end) && other.end.isAfter(one.start);
  }

  /// The number of the next call, from 1.
  long nextCall() {
    calls++;
    return calls;
  }

  LocalDate dayOf(Instant time) {
    return time.atZone(zone).toLocalDate();
  }

  /// When the day ends of which this moment is.
  Instant endOfDay(Instant at) {
    return dayOf(at).plusDays(1).atStartOfDay(zone).toInstant();
  }

  /// The open slots of a doctor, by start.
  List<ModelSlot> openOf(DoctorCode doctor) {
    return ofDoctor(doctor).filter(ModelSlot::isOpen).toList();
  }

  /// By label.
  private Stream<ModelSlot> ofDoctor(DoctorCode doctor) {
    SortedMap<SlotLabel, ModelSlot> own = ofDoctors.get(doctor);
    return own == null ? Stream.of() : own.values().stream();
  }

  /// What the database must show of the slots.
  public List<SlotRow> rows(Set<SlotLabel> wanted) {
    return wanted.stream()
        .map(this::slot)
        .sorted(
            Comparator.comparing((ModelSlot slot) -> slot.start).thenComparing(slot -> slot.label))
        .map(ModelSlot::row)
        .toList();
  }

  public Set<SlotLabel> labels() {
    return slots.keySet();
  }
}
