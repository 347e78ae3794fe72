package opd.simulation.day;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import opd.domain.TokenPriority;

/// What a generated day was like, for those who look at it afterwards: plain figures and everything
/// that happened in order, so that a reader can work out every queue at any moment. Nothing in it
/// depends on the machine. Times are as the clock on the hospital's wall shows them, read as if it
/// went by UTC.
///
/// @param doctors by code
/// @param slots by start and doctor
/// @param events in the order in which they were decided
/// @param consultations in the order of their beginnings
/// @param byPriority from the highest rank to the lowest
public record DayRecord(
    LocalDate date,
    List<DoctorDay> doctors,
    List<SlotDay> slots,
    List<DayEvent> events,
    List<Consultation> consultations,
    Figures total,
    Map<TokenPriority, Figures> byPriority) {

  public DayRecord {
    doctors = List.copyOf(doctors);
    slots = List.copyOf(slots);
    events = List.copyOf(events);
    consultations = List.copyOf(consultations);
  }
}
