package opd.simulation.day;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import opd.domain.DoctorCode;
import opd.domain.PatientKey;
import opd.domain.SlotLabel;
import opd.domain.SlotStatus;
import opd.domain.TokenPriority;
import opd.simulation.auditor.DecidedOperation;
import opd.simulation.plan.DayPlan;

/// Works out the record of a day.
final class DaySummary {
  private final DayPlan plan;
  private final DayRecorder recorder = new DayRecorder();
  private final Counting total = new Counting();
  private final Map<TokenPriority, Counting> byPriority = new EnumMap<>(TokenPriority.class);
  private final Map<DoctorCode, Counting> byDoctor = new HashMap<>();
  private final Map<PatientKey, Integer> losses = new HashMap<>();
  private final CallWaits waits;
  private final Map<SlotLabel, DayEvent.SlotState> states = new HashMap<>();

  private DaySummary(DayPlan plan) {
    this.plan = plan;
    waits = new CallWaits(plan);
  }

  /// @param decided in the order of the decisions
  static DayRecord of(
      DayPlan plan, List<DecidedOperation> decided, List<Consultation> consultations) {
    DaySummary summary = new DaySummary(plan);
    for (DecidedOperation one : decided) {
      summary
          .recorder
          .add(summary.onWall(one.at()), one.operation(), one.outcome(), one.answer())
          .forEach(summary::count);
      summary.waits.add(one).ifPresent(summary::count);
    }
    return summary.record(consultations.stream().map(summary::onWall).toList());
  }

  private Consultation onWall(Consultation seen) {
    return new Consultation(
        seen.token(), onWall(seen.arrivedAt()), onWall(seen.calledAt()), onWall(seen.endedAt()));
  }

  private Instant onWall(Instant time) {
    return time.atZone(plan.zone()).toLocalDateTime().toInstant(ZoneOffset.UTC);
  }

  private void count(DayEvent event) {
    List<Counting> concerned = concerned(event.slot());
    if (event.priority() != null) {
      concerned.add(priority(event.priority()));
    }
    concerned.forEach(counting -> counting.request(event));
    event.moves().forEach(this::count);
    if (event.slotState() != null) {
      states.put(event.slot(), event.slotState());
    }
  }

  private void count(DayEvent.Move move) {
    int lost =
        switch (move.after()) {
          case DISPLACED -> losses.merge(recorder.patientOf(move.token()), 1, Integer::sum);
          case ACTIVE, CANCELLED, NO_SHOW, COMPLETED -> 0;
        };
    List<Counting> concerned = concerned(move.token().slot());
    concerned.add(priority(move.priority()));
    concerned.forEach(counting -> counting.move(move, lost));
  }

  private void count(CallWaits.Wait wait) {
    List<Counting> concerned = concerned(wait.token().slot());
    concerned.add(priority(wait.priority()));
    concerned.forEach(counting -> counting.waited(wait.seconds()));
  }

  private List<Counting> concerned(SlotLabel slot) {
    return new ArrayList<>(List.of(total, doctor(slot.doctor())));
  }

  private Counting doctor(DoctorCode code) {
    return byDoctor.computeIfAbsent(code, some -> new Counting());
  }

  private Counting priority(TokenPriority priority) {
    return byPriority.computeIfAbsent(priority, some -> new Counting());
  }

  private DayRecord record(List<Consultation> consultations) {
    List<SlotDay> slots = new ArrayList<>();
    for (DayPlan.Doctor doctor : plan.doctors()) {
      doctor.slots().forEach(slot -> slots.add(slot(slot)));
    }
    slots.sort((one, other) -> one.label().compareTo(other.label()));
    for (SlotDay slot : slots) {
      if (slot.status() != SlotStatus.CANCELLED) {
        concerned(slot.label()).forEach(counting -> counting.offer(slot.capacity()));
      }
    }
    Map<DoctorCode, List<SlotDay>> slotsOf =
        slots.stream().collect(Collectors.groupingBy(slot -> slot.label().doctor()));
    Map<DoctorCode, List<Consultation>> consultationsOf =
        consultations.stream()
            .collect(Collectors.groupingBy(consultation -> consultation.token().slot().doctor()));
    for (DayPlan.Doctor doctor : plan.doctors()) {
      WorkingTime time =
          WorkingTime.of(
              slotsOf.getOrDefault(doctor.code(), List.of()),
              consultationsOf.getOrDefault(doctor.code(), List.of()));
      total.worked(time);
      doctor(doctor.code()).worked(time);
    }
    List<DoctorDay> doctors =
        plan.doctors().stream()
            .map(doctor ->
                new DoctorDay(
                    doctor.code(),
                    doctor.name().toString(),
                    doctor.specialization(),
                    doctor(doctor.code()).figures()))
            .sorted((one, other) -> one.code().compareTo(other.code()))
            .toList();
    Map<TokenPriority, Figures> priorities = new LinkedHashMap<>();
    for (TokenPriority priority :
        List.of(TokenPriority.EMERGENCY, TokenPriority.PAID, TokenPriority.FOLLOW_UP)) {
      priorities.put(priority, priority(priority).figures());
    }
    return new DayRecord(
        plan.date(), doctors, slots, recorder.events(), consultations, total.figures(), priorities);
  }

  private SlotDay slot(DayPlan.Slot slot) {
    DayEvent.SlotState state =
        states.getOrDefault(
            slot.label(), new DayEvent.SlotState(SlotStatus.SCHEDULED, 0, slot.capacity()));
    return new SlotDay(
        slot.label(),
        onWall(slot.start()),
        onWall(slot.end()),
        state.capacity(),
        state.status(),
        state.delayMinutes());
  }
}
