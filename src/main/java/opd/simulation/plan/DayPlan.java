package opd.simulation.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import opd.domain.DoctorCode;
import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.SlotLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;

/// A day as it was drawn: what everybody will want, whatever the engine answers.
///
/// @param zone whose calendar the date is on
/// @param visits in the order in which they ask for a token
public record DayPlan(
    LocalDate date,
    ZoneId zone,
    List<Doctor> doctors,
    List<Visit> visits,
    List<Planned> incidents) {

  public DayPlan {
    doctors = List.copyOf(doctors);
    visits = List.copyOf(visits);
    incidents = List.copyOf(incidents);
  }

  /// The current or next slot of the first other doctor of the same specialization who has one.
  public Optional<SlotLabel> colleagueOf(DoctorCode code, Instant time) {
    String specialization =
        doctors.stream()
            .filter(doctor -> doctor.code().equals(code))
            .findFirst()
            .orElseThrow()
            .specialization();
    return doctors.stream()
        .filter(doctor -> doctor.specialization().equals(specialization))
        .filter(doctor -> !doctor.code().equals(code))
        .map(doctor -> doctor.currentOrNext(time))
        .filter(slot -> slot.end().isAfter(time))
        .map(Slot::label)
        .findFirst();
  }

  /// @param slots by start
  /// @param rooms in which patients are seen at the same time, at least one; one without a name is
  ///   empty
  /// @param callsAbsent whether who did not come is called once more before that is noted
  public record Doctor(
      DoctorCode code,
      PersonName name,
      String specialization,
      List<Slot> slots,
      List<Optional<String>> rooms,
      boolean callsAbsent) {
    public Doctor {
      slots = List.copyOf(slots);
      rooms = List.copyOf(rooms);
    }

    /// The slot that goes on at the time or comes next; the last when all are over.
    public Slot currentOrNext(Instant time) {
      return slots.stream()
          .filter(slot -> slot.end().isAfter(time))
          .findFirst()
          .orElse(slots.getLast());
    }
  }

  public record Slot(SlotLabel label, Instant start, Instant end, int capacity) {}

  /// The slot of this name, as it was planned.
  public Slot slot(SlotLabel label) {
    return doctors.stream()
        .filter(doctor -> doctor.code().equals(label.doctor()))
        .flatMap(doctor -> doctor.slots().stream())
        .filter(slot -> slot.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  /// One patient's asked and all that chance has in store for it.
  ///
  /// @param asksAt when a token is asked for; a walk-in is in the hospital from then on
  public record Visit(
      PatientKey patient,
      PersonName name,
      TokenPriority priority,
      TokenSource source,
      SlotLabel slot,
      Instant asksAt,
      Habits habits) {
    public boolean isWalkIn() {
      return source == TokenSource.WALK_IN || source == TokenSource.STAFF;
    }
  }

  /// @param takesNext whether a later slot will do
  /// @param cancelsAt when the patient calls the visit off, or empty
  /// @param comes whether the patient appears at all
  /// @param arrival after the slot's start; negative for one who is early
  /// @param waits whether a patient who lost the place asks for another
  /// @param asksTwice whether the patient asks once more at the counter, holding a token already
  /// @param isMistaken whether the desk says of the patient who has just come that nobody came, and
  ///   takes it back
  /// @param worsens when the patient who waits becomes an emergency, after the arrival; or empty
  /// @param serving what happens between the arrival and the end of the consultation
  /// @param rebooking the wish for another slot, or empty
  public record Habits(
      boolean takesNext,
      Optional<Instant> cancelsAt,
      boolean comes,
      Duration arrival,
      Duration consultation,
      boolean waits,
      boolean asksTwice,
      boolean isMistaken,
      Optional<Duration> worsens,
      Serving serving,
      Optional<Rebooking> rebooking) {}

  /// What happens to a patient who has come.
  ///
  /// @param away an absence for a test or a payment, or empty
  /// @param missesCall whether the patient is not at hand when called for the first time
  /// @param isCalledByName whether the doctor asks for this patient, whoever stands before
  public record Serving(Optional<Away> away, boolean missesCall, boolean isCalledByName) {}

  /// @param duringConsultation whether the doctor sends the patient, and not the desk
  /// @param after how long after the arrival the desk sends the patient
  /// @param length until the patient is back
  public record Away(boolean duringConsultation, Duration after, Duration length) {}

  /// Another slot that the patient would rather have.
  public record Rebooking(Instant at, SlotLabel to) {}

  /// Something that happens to slots.
  public sealed interface Planned {
    Instant at();

    /// @param minutes 0 when an announced delay is withdrawn
    record Delay(Instant at, SlotLabel slot, int minutes) implements Planned {}

    record Cancel(Instant at, List<SlotLabel> slots) implements Planned {}

    /// More places than were thought of first.
    record Enlarge(Instant at, SlotLabel slot, int capacity) implements Planned {}

    /// Fewer places than were given already.
    record Shrink(Instant at, SlotLabel slot, int capacity) implements Planned {}

    /// Somebody closes the wrong slot, and opens it again.
    ///
    /// @param isCompletion whether it was completed, and not cancelled
    record CloseByMistake(Instant at, SlotLabel slot, boolean isCompletion) implements Planned {}

    /// All slots of the doctor's day.
    ///
    /// @param first of them
    /// @param minutes 0 when an announced delay is withdrawn
    record Late(Instant at, SlotLabel first, int minutes) implements Planned {}

    /// The slots from the first until that time, for which a colleague stands in.
    record Leave(Instant at, SlotLabel first, Instant until, DoctorCode cover) implements Planned {}
  }
}
