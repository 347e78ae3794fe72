package opd.simulation.day;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import opd.domain.DoctorCode;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.service.SessionPlan;
import opd.simulation.plan.Operation;
import opd.store.table.Inspection;
import opd.testing.Clinic;

/// A doctor with a full slot and a free one after it. In the full one sit a follow-up, who is first
/// to go, and an emergency, by whom another follow-up was displaced: whatever is done to this slot
/// changes what the next can do.
final class SmallWorld {
  private static final int CAPACITY = 2;
  private static final int FIRST_PATIENT = 1;
  private static final int FIRST_NEWCOMER = 11;

  private final Clinic clinic;
  private final DoctorCode doctor;
  private final SlotLabel full;
  private final SlotLabel free;
  private final SlotLabel covers;
  private final LocalDate day;

  private SmallWorld(
      Clinic clinic, DoctorCode doctor, SlotLabel full, SlotLabel free, SlotLabel covers) {
    this.clinic = clinic;
    this.doctor = doctor;
    this.full = full;
    this.free = free;
    this.covers = covers;
    this.day = full.day();
  }

  /// What a desk may want to do to the slot.
  enum Wish {
    ALLOCATE,
    CANCEL,
    NO_SHOW,
    COMPLETE,
    REALLOCATE,
    DELAY_SLOT,
    CANCEL_SLOT,
    COMPLETE_SLOT,
    LATE,
    /// The two doctors stand in for each other.
    LEAVE,
    /// From rooms of their own.
    NEXT,
    CALL,
    MOVE,
    /// To a single place.
    SHRINK
  }

  /// Registers everybody who will be there, so that all worlds have the same people.
  static void invite(Clinic clinic, int newcomers) {
    for (int patient = 0; patient < newcomers; patient++) {
      clinic
          .desk()
          .patients()
          .add(
              clinic.request(),
              Clinic.key(FIRST_NEWCOMER + patient),
              Clinic.name(FIRST_NEWCOMER + patient));
    }
  }

  /// @param number each has a day of its own: nobody is held elsewhere at the same hour
  static SmallWorld make(Clinic clinic, int number) {
    DoctorCode doctor = clinic.aDoctor();
    List<Slot> slots = open(clinic, doctor, number, "09:00");
    Slot full = slots.getFirst();
    clinic.admit(Clinic.wish(full, FIRST_PATIENT, TokenPriority.FOLLOW_UP));
    clinic.admit(Clinic.wish(full, FIRST_PATIENT + 1, TokenPriority.FOLLOW_UP));
    clinic.admit(Clinic.wish(full, FIRST_PATIENT + 2, TokenPriority.EMERGENCY));
    Slot covers = open(clinic, clinic.aDoctor(), number, "10:00").getFirst();
    clinic.admit(Clinic.wish(covers, FIRST_PATIENT + 3, TokenPriority.PAID));
    return new SmallWorld(clinic, doctor, full.label(), slots.getLast().label(), covers.label());
  }

  /// Hour by hour until eleven.
  private static List<Slot> open(Clinic clinic, DoctorCode doctor, int number, String start) {
    Duration hour = Duration.ofHours(1);
    Duration days = Duration.ofDays(number);
    SessionPlan plan =
        new SessionPlan(
            doctor,
            Clinic.time(start).plus(days),
            hour,
            CAPACITY,
            Optional.of(new SessionPlan.Repeat(hour, Clinic.time("11:00").plus(days))));
    return clinic.desk().slots().open(clinic.request(), plan).outcome().slots();
  }

  private Instant time(String time) {
    return Instant.parse(day + "T" + time + ":00Z");
  }

  /// @param desk which one has the wish, from 0
  Operation operation(Wish wish, int desk) {
    TokenLabel sitting = new TokenLabel(full, 1);
    return switch (wish) {
      case ALLOCATE ->
          new Operation.Allocate(
              full,
              Clinic.key(FIRST_NEWCOMER + desk),
              Clinic.name(FIRST_NEWCOMER + desk),
              TokenPriority.PAID,
              TokenSource.APP,
              Operation.How.PLAIN);
      case CANCEL -> new Operation.Cancel(sitting);
      case NO_SHOW -> new Operation.NoShow(sitting);
      case COMPLETE -> new Operation.Complete(sitting);
      case REALLOCATE -> new Operation.Reallocate(new TokenLabel(full, 2), Optional.empty());
      case DELAY_SLOT -> new Operation.DelaySlot(full, 10 + desk);
      case CANCEL_SLOT -> new Operation.CancelSlot(full, "called away");
      case COMPLETE_SLOT -> new Operation.CompleteSlot(full);
      case LATE -> new Operation.DoctorLate(full, 10 + desk, time("08:00"));
      case NEXT -> new Operation.Next(full, true, false, room(desk), Operation.Ending.COMPLETE);
      case CALL -> new Operation.Call(new TokenLabel(full, 3), room(desk));
      case MOVE -> new Operation.Move(sitting, free);
      case SHRINK -> new Operation.ChangeSlot(full, 1, true);
      case LEAVE -> desk == 0 ? leave(covers, full) : leave(full, covers);
    };
  }

  private static Optional<String> room(int desk) {
    return Optional.of("Room " + desk);
  }

  private Operation leave(SlotLabel away, SlotLabel cover) {
    return new Operation.DoctorLeave(
        away, time("08:00"), time("18:00"), "called away", cover.doctor());
  }

  /// Answers, slots, tokens and log in words that are the same for every world.
  List<String> story(List<String> answers, Inspection inspection) throws SQLException {
    List<String> story = new ArrayList<>(answers);
    // One by one: their labels sort differently in each world.
    for (SlotLabel slot : List.of(full, free, covers)) {
      story.addAll(inspection.slots(List.of(slot)).stream().map(Object::toString).toList());
    }
    story.addAll(
        clinic
            .prompt()
            .column(
                """
                select concat_ws(' ', s.label, e.number, e.kind, e.rule, t.sequence_number, e.facts)
                  from audit_entry e join slot s on s.id = e.slot_id
                  left join token t on t.id = e.token_id
                 where s.doctor_code in ('%s', '%s')
                 order by s.doctor_code = '%s', s.starts_at, e.number\
                """
                    .formatted(doctor, covers.doctor(), doctor)));
    return story.stream()
        .map(text -> text.replaceAll("\\b" + doctor + "\\b", "DOCTOR"))
        .map(text -> text.replaceAll("\\b" + covers.doctor() + "\\b", "COVER"))
        .map(text -> text.replaceAll("(called|away)( since)? [0-9:.]+", "$1"))
        .map(text -> text.replace(day.toString(), "DAY"))
        .map(text -> text.replace(day.toString().replace("-", ""), "DAY"))
        .toList();
  }
}
