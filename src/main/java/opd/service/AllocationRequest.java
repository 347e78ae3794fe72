package opd.service;

import java.time.LocalDate;
import java.util.Optional;
import opd.domain.DoctorCode;
import opd.domain.OpdException;
import opd.domain.PatientReference;
import opd.domain.PersonName;
import opd.domain.SlotReference;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;

/// One request for a token.
///
/// @param name needed for a patient who is not known yet
/// @param replace whether a token that the patient holds in the slot is given up for the new one
/// @param orNext whether a later slot of the doctor on that day will do
/// @param reason why the patient needs the place, for emergencies: stored in the log, so no name
///   belongs in it
public record AllocationRequest(
    Place place,
    PatientReference patient,
    Optional<PersonName> name,
    TokenPriority priority,
    TokenSource source,
    boolean replace,
    boolean orNext,
    Optional<String> reason) {

  /// @throws OpdException INVALID_INPUT when the reason is not plain text, or when it is no
  ///   emergency and its patient is unknown: who can wait can be asked for a number
  public AllocationRequest {
    reason = reason.map(TokenService::reason);
    if (patient instanceof PatientReference.Unknown && priority != TokenPriority.EMERGENCY) {
      throw OpdException.invalid("only an emergency is allocated without a phone number");
    }
  }

  /// Without a reason.
  public AllocationRequest(
      Place place,
      PatientReference patient,
      Optional<PersonName> name,
      TokenPriority priority,
      TokenSource source,
      boolean replace,
      boolean orNext) {
    this(place, patient, name, priority, source, replace, orNext, Optional.empty());
  }

  /// The same request for a place in this slot.
  public AllocationRequest at(SlotReference slot) {
    return new AllocationRequest(
        new Place.InSlot(slot), patient, name, priority, source, replace, orNext, reason);
  }

  /// Where the patient wants to go.
  public sealed interface Place {
    record InSlot(SlotReference slot) implements Place {}

    /// The doctor's current or next open slot of a day.
    ///
    /// @param day empty for today
    record WithDoctor(DoctorCode doctor, Optional<LocalDate> day) implements Place {
      /// Today.
      public WithDoctor(DoctorCode doctor) {
        this(doctor, Optional.empty());
      }
    }
  }
}
