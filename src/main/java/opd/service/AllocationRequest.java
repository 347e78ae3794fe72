package opd.service;

import java.time.LocalDate;
import java.util.Optional;
import opd.domain.DoctorCode;
import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.SlotReference;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;

/// One request for a token.
///
/// @param name needed for a patient who is not known yet
/// @param replace whether a token that the patient holds in the slot is given up for the new one
/// @param orNext whether a later slot of the doctor on that day will do
public record AllocationRequest(
    Place place,
    PatientKey patient,
    Optional<PersonName> name,
    TokenPriority priority,
    TokenSource source,
    boolean replace,
    boolean orNext) {

  /// The same request for a place in this slot.
  public AllocationRequest at(SlotReference slot) {
    return new AllocationRequest(
        new Place.InSlot(slot), patient, name, priority, source, replace, orNext);
  }

  /// Where the patient wants to go.
  public sealed interface Place {
    record InSlot(SlotReference slot) implements Place {}

    /// The doctor's current or next open slot of a day.
    ///
    /// @param day empty for today
    record WithDoctor(DoctorCode doctor, Optional<LocalDate> day) implements Place {}
  }
}
