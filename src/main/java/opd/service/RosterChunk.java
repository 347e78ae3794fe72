package opd.service;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import opd.decision.Decided;
import opd.decision.DoctorSchedule;
import opd.decision.Outcome;
import opd.domain.Actor;
import opd.domain.Doctor;
import opd.domain.DoctorCode;
import opd.domain.OpdException;
import opd.domain.Slot;
import opd.store.connection.Transaction;
import opd.store.table.BulkSlots;
import opd.store.table.BulkSlots.NewSlot;
import opd.store.table.DecisionWriter;
import opd.store.table.DoctorStore;

/// The lines of a roster in one transaction: their doctors are locked and their slots read, the
/// lines are decided one after the other in memory, and what is new is written together.
final class RosterChunk {
  private final Transaction transaction;
  private final List<RosterEntry> entries;
  private final Map<DoctorCode, Doctor> doctors;
  private final Map<DoctorCode, DoctorSchedule> schedules = new HashMap<>();
  private final Map<NewSlot.Place, Slot> slots = new HashMap<>();

  RosterChunk(Transaction transaction, List<RosterEntry> entries) {
    this.transaction = transaction;
    this.entries = entries;
    this.doctors =
        DoctorStore.lockAll(
            transaction, entries.stream().map(RosterEntry::doctor).distinct().toList());
    Instant first = times().min(Instant::compareTo).orElseThrow();
    Instant last = times().max(Instant::compareTo).orElseThrow();
    List<Slot> there = BulkSlots.list(transaction, doctors.keySet(), first, last);
    there.forEach(slot -> slots.put(place(slot), slot));
    Map<DoctorCode, List<Slot>> byDoctor =
        there.stream().collect(Collectors.groupingBy(slot -> slot.label().doctor()));
    doctors
        .keySet()
        .forEach(code ->
            schedules.put(code, new DoctorSchedule(byDoctor.getOrDefault(code, List.of()))));
  }

  private java.util.stream.Stream<Instant> times() {
    return entries.stream()
        .flatMap(entry -> entry.sessions().stream())
        .flatMap(session -> session.starts().stream());
  }

  private static NewSlot.Place place(Slot slot) {
    return new NewSlot.Place(slot.label().doctor(), slot.start());
  }

  List<RosterAnswer> open(Actor actor) {
    List<List<NewSlot>> opening = new ArrayList<>();
    List<Optional<OpdException>> errors = new ArrayList<>();
    for (RosterEntry entry : entries) {
      List<NewSlot> chosen = new ArrayList<>();
      errors.add(error(entry, chosen));
      opening.add(chosen);
    }
    List<NewSlot> all = opening.stream().flatMap(List::stream).toList();
    BulkSlots.insert(transaction, all).forEach(slot -> slots.put(place(slot), slot));
    write(actor, opening);
    List<RosterAnswer> answers = new ArrayList<>();
    for (int index = 0; index < entries.size(); index++) {
      RosterEntry entry = entries.get(index);
      int opened = opening.get(index).size();
      answers.add(
          errors
              .get(index)
              .<RosterAnswer>map(RosterAnswer.Failed::new)
              .orElseGet(() -> done(entry, opened)));
    }
    return answers;
  }

  /// Why nothing of the line is opened, or empty.
  ///
  /// @param chosen gets what is to be opened
  private Optional<OpdException> error(RosterEntry entry, List<NewSlot> chosen) {
    try {
      choose(entry, chosen);
      return Optional.empty();
    } catch (OpdException e) {
      DoctorSchedule schedule = schedules.get(entry.doctor());
      if (schedule != null) {
        chosen.forEach(slot -> schedule.remove(slot.start()));
      }
      chosen.clear();
      return Optional.of(e);
    }
  }

  private void choose(RosterEntry entry, List<NewSlot> chosen) {
    Doctor doctor = doctors.get(entry.doctor());
    DoctorSchedule schedule = schedules.get(entry.doctor());
    if (doctor == null || schedule == null) {
      Finder.doctor(transaction, entry.doctor());
      throw new IllegalStateException("a doctor came into being behind a lock");
    }
    for (SessionPlan session : entry.sessions()) {
      for (Instant start : session.starts()) {
        Instant end = start.plus(session.length());
        if (!schedule.has(start, end, session.capacity())) {
          SlotService.checkActive(doctor);
          schedule.add(start, end, session.capacity());
          chosen.add(new NewSlot(doctor.code(), start, end, session.capacity()));
        }
      }
    }
  }

  private void write(Actor actor, List<List<NewSlot>> opening) {
    DecisionWriter writer = new DecisionWriter(transaction, actor);
    for (int index = 0; index < entries.size(); index++) {
      List<Slot> opened = opening.get(index).stream().map(each -> slot(each.place())).toList();
      if (!opened.isEmpty()) {
        RosterEntry entry = entries.get(index);
        writer.add(
            entry.id(),
            Request.digest("slot open", entry.sessions().toArray()),
            Decided.saved(
                opened.stream().map(SlotService::opened).toList(),
                new Outcome.SlotsOpened(opened)));
      }
    }
    writer.flush();
  }

  private RosterAnswer done(RosterEntry entry, int opened) {
    return new RosterAnswer.Done(
        entry.sessions().stream()
            .flatMap(session -> session.starts().stream())
            .map(start -> slot(new NewSlot.Place(entry.doctor(), start)).label())
            .toList(),
        opened);
  }

  private Slot slot(NewSlot.Place place) {
    return Objects.requireNonNull(slots.get(place), "a slot was not opened");
  }
}
